using System.Collections.Frozen;
using MaoTrade.Engine.Models;
using MaoTrade.Engine.Systems.AiAdaptive;

namespace MaoTrade.Engine.Systems;

/// <summary>The trading systems this engine knows, by name. Thread-safe.</summary>
public sealed class SystemCatalog
{
    private readonly FrozenDictionary<string, Entry> _entries;

    /// <summary>A catalogue of what the makers make.</summary>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public SystemCatalog(params IEnumerable<Func<TradingSystem>> makers)
        : this(makers.Select(Entry.Of), ModelSet.None)
    {
    }

    private SystemCatalog(IEnumerable<Entry> entries, ModelSet models)
    {
        _entries = entries.ToFrozenDictionary(entry => entry.Description.Name);
        Models = models;
    }

    /// <summary>The systems that come with the engine.</summary>
    public static SystemCatalog BuiltIn { get; } = new(BuiltInMakers);

    /// <summary>The models its systems may use.</summary>
    public ModelSet Models { get; }

    public IEnumerable<string> Names => _entries.Keys.Order(StringComparer.Ordinal);

    /// <summary>All systems, by name.</summary>
    public IEnumerable<SystemDescription> Descriptions => Names.Select(name => _entries[name].Description);

    private static IEnumerable<Func<TradingSystem>> BuiltInMakers =>
    [
        () => new Futm.FutmSystem(), () => new Futc.FutcSystem(), () => new MacdCrossover.MacdCrossoverSystem(),
        () => new Scalping.ScalpingSystem(), () => new Swing.SwingSystem(), () => new AiAdaptiveSystem(ModelSet.None),
    ];

    /// <summary>The systems that come with the engine and further ones.</summary>
    /// <exception cref="ArgumentException">A name is taken.</exception>
    public static SystemCatalog With(IEnumerable<Func<TradingSystem>> makers) => new([.. BuiltInMakers, .. makers]);

    /// <summary>The same systems with these models.</summary>
    public SystemCatalog With(ModelSet models) => models == Models ? this : new SystemCatalog(
        _entries.Values.Select(entry => entry.Type == typeof(AiAdaptiveSystem) ? Entry.Of(() => new AiAdaptiveSystem(models)) : entry), models);

    /// <summary>A new instance, or null for an unknown name.</summary>
    public TradingSystem? Create(string name) => _entries.TryGetValue(name, out var entry) ? entry.Make() : null;

    /// <summary>The type behind a name, or null; another type of the same name is another version.</summary>
    public Type? TypeOf(string name) => _entries.TryGetValue(name, out var entry) ? entry.Type : null;

    private sealed record Entry(Func<TradingSystem> Make, Type Type, SystemDescription Description)
    {
        public static Entry Of(Func<TradingSystem> make)
        {
            var system = make();
            return new Entry(make, system.GetType(), new SystemDescription(system.Name, system.Description, [.. system.Parameters]));
        }
    }
}
