using System.Collections.Frozen;

namespace MaoTrade.Engine.Systems;

/// <summary>The trading systems this engine knows, by name. Thread-safe.</summary>
public sealed class SystemCatalog
{
    private readonly FrozenDictionary<string, Func<TradingSystem>> _makers;

    public SystemCatalog(params IEnumerable<Func<TradingSystem>> makers) =>
        _makers = makers.ToFrozenDictionary(make => make().Name);

    /// <summary>The systems that come with the engine.</summary>
    public static SystemCatalog BuiltIn { get; } =
        new(
            () => new Futm.FutmSystem(), () => new Futc.FutcSystem(), () => new MacdCrossover.MacdCrossoverSystem(),
            () => new Scalping.ScalpingSystem(), () => new Swing.SwingSystem());

    public IEnumerable<string> Names => _makers.Keys.Order(StringComparer.Ordinal);

    /// <summary>A new instance, or null for an unknown name.</summary>
    public TradingSystem? Create(string name) => _makers.TryGetValue(name, out var make) ? make() : null;
}
