namespace MaoTrade.Engine.Systems;

/// <summary>The catalogue in use, which changes when plug-ins do. Thread-safe.</summary>
public sealed class SystemCatalogs
{
    private volatile SystemCatalog _current = SystemCatalog.BuiltIn;

    public SystemCatalog Current
    {
        get => _current;
        set => _current = value;
    }
}
