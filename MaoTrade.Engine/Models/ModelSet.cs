using System.Collections.Frozen;
using MaoTrade.Market.Models;

namespace MaoTrade.Engine.Models;

/// <summary>The models this engine may use, by name. Immutable and thread-safe.</summary>
/// <param name="files">What was loaded.</param>
/// <param name="faults">Models that are wanted and could not be loaded: name to what is wrong.</param>
public sealed class ModelSet(IEnumerable<LoadedModel> files, IReadOnlyDictionary<string, string>? faults = null)
{
    private readonly FrozenDictionary<string, LoadedModel> _files = files.ToFrozenDictionary(file => file.Model.Name);

    /// <summary>No models.</summary>
    public static ModelSet None { get; } = new([]);

    /// <summary>False: systems that use models open nothing (flag <c>ai_adaptive</c>).</summary>
    public bool IsAllowed { get; init; } = true;

    public IReadOnlyDictionary<string, string> Faults { get; } = faults ?? FrozenDictionary<string, string>.Empty;

    public IEnumerable<LoadedModel> Files => _files.Values.OrderBy(file => file.Model.Name, StringComparer.Ordinal);

    /// <summary>The same models, allowed or not.</summary>
    public ModelSet With(bool isAllowed) => isAllowed == IsAllowed ? this : new ModelSet(_files.Values, Faults) { IsAllowed = isAllowed };

    /// <summary>The model, or null.</summary>
    public TrainedModel? Find(string name) => _files.GetValueOrDefault(name)?.Model;

    /// <summary>Why there is no model of a name.</summary>
    public string WhyNot(string name) => Faults.TryGetValue(name, out var fault)
        ? $"the model {name} cannot be used: {fault}"
        : $"there is no model '{name}'; known are {(_files.Count == 0 ? "none" : string.Join(", ", Files.Select(file => file.Model.Name)))}";
}
