namespace MaoApi.Data.Entities;

/// <summary>What can be traded, by our name (<c>symbols</c>).</summary>
internal sealed class Symbol : IVersioned
{
    public int Id { get; set; }

    /// <summary>Epic of the market data, where it differs.</summary>
    public string? DataEpic { get; set; }

    public required string Epic { get; set; }

    public required string Name { get; set; }

    public bool IsEnabled { get; set; }

    public int? SessionKey { get; set; }

    public long Version { get; set; }
}
