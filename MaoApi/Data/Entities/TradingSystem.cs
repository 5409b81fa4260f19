namespace MaoApi.Data.Entities;

/// <summary>A trading system the engines of this installation may run (<c>tradingsystems</c>).</summary>
internal sealed class TradingSystem : IVersioned
{
    public int Id { get; set; }

    /// <summary>The name signals use, unique.</summary>
    public required string Name { get; set; }

    public string Description { get; set; } = "";

    public bool IsActive { get; set; }

    /// <summary>Assembly that brings the system; null where the engine has it built in.</summary>
    public string? PluginFile { get; set; }

    /// <summary>Hex digest an engine insists on before it loads the assembly.</summary>
    public string? PluginSha256 { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Modified { get; set; }

    public long Version { get; set; }

    public List<TradingSystemParameter> Parameters { get; } = [];
}
