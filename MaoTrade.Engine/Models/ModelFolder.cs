using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Market.Features;
using MaoTrade.Market.Models;

namespace MaoTrade.Engine.Models;

/// <summary>
/// The account's folder of models. What is loaded is listed by file and digest; a file that is missing, differs, is damaged or of other
/// features is reported, and the model that was in use before under its name stays.
/// </summary>
/// <param name="folder">Where the files lie.</param>
public sealed class ModelFolder(string folder)
{
    private const string Ending = ".maomodel";

    /// <summary>Where the listed file lies; null where its name is none of a file in the folder.</summary>
    public string? PathOf(ModelConfig entry)
    {
        var file = entry.File ?? entry.Sha256.ToLowerInvariant() + Ending;
        return file.Length is > 0 and <= 255 && file == Path.GetFileName(file) && file is not ("." or "..") ? Path.Combine(folder, file) : null;
    }

    /// <summary>Reads what is listed.</summary>
    /// <param name="entries">The list.</param>
    /// <param name="before">What is in use.</param>
    public ModelSet Load(IReadOnlyList<ModelConfig> entries, ModelSet before)
    {
        var loaded = new Dictionary<string, LoadedModel>(StringComparer.Ordinal);
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var name = entry.Name ?? entry.File ?? entry.Sha256;
            try
            {
                var file = Read(entry, before);
                if (!loaded.TryAdd(file.Model.Name, file))
                {
                    faults[name] = $"another file holds the model {file.Model.Name}, too";
                }
            }
            catch (ModelFileException fault)
            {
                faults[name] = fault.Message;
                if (before.Files.FirstOrDefault(file => file.Model.Name == name || file.Path == PathOf(entry)) is { } kept)
                {
                    loaded.TryAdd(kept.Model.Name, kept);
                }
            }
        }

        return new ModelSet(loaded.Values, faults);
    }

    /// <summary>What tells that a listed file is another one now, without reading it.</summary>
    public string Fingerprint(IReadOnlyList<ModelConfig> entries) => string.Join('\n', entries.Select(entry =>
    {
        var file = PathOf(entry) is { } path ? new FileInfo(path) : null;
        return file is { Exists: true }
            ? $"{entry.Name} {entry.File} {entry.Sha256} {file.Length} {file.LastWriteTimeUtc.Ticks}"
            : $"{entry.Name} {entry.File} {entry.Sha256}";
    }));

    private LoadedModel Read(ModelConfig entry, ModelSet before)
    {
        var path = PathOf(entry) ?? throw new ModelFileException("the name of a file is expected, without a folder");
        if (before.Files.FirstOrDefault(file => IsSame(file.Model.Sha256, entry.Sha256)) is { } known && File.Exists(path))
        {
            return known;
        }

        var model = ModelFile.Read(path, FeatureNames.All);
        if (!IsSame(model.Sha256, entry.Sha256))
        {
            throw new ModelFileException($"its SHA-256 is {model.Sha256}, {entry.Sha256} is expected");
        }

        return entry.Name is { } name && name != model.Name
            ? throw new ModelFileException($"it holds the model {model.Name}, {name} is expected")
            : new LoadedModel(path, model);
    }

    private static bool IsSame(string digest, string other) => digest.Equals(other, StringComparison.OrdinalIgnoreCase);
}
