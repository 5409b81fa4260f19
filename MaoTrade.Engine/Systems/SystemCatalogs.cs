using MaoTrade.Engine.Models;

namespace MaoTrade.Engine.Systems;

/// <summary>The catalogue in use, which changes when plug-ins or models do. Thread-safe.</summary>
public sealed class SystemCatalogs
{
    private readonly Lock _changing = new();
    private volatile SystemCatalog _current = SystemCatalog.BuiltIn;

    public SystemCatalog Current => _current;

    /// <summary>Other systems, with the models there are.</summary>
    public void Take(SystemCatalog systems)
    {
        lock (_changing)
        {
            _current = systems.With(_current.Models);
        }
    }

    /// <summary>Other models, for the systems there are.</summary>
    public void Take(ModelSet models)
    {
        lock (_changing)
        {
            _current = _current.With(models);
        }
    }
}
