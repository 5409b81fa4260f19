namespace MaoTrade.Engine.Persistence;

/// <summary>The store of the current session, for reads beside the trade loop. Thread-safe.</summary>
public sealed class EngineStores
{
    private volatile IEngineStore? _current;

    /// <summary>Null while there is no session.</summary>
    public IEngineStore? Current
    {
        get => _current;
        set => _current = value;
    }
}
