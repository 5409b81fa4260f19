namespace MaoApi.Data.Entities;

/// <summary>A broker and how an engine reaches it (<c>brokers</c>).</summary>
internal sealed class Broker : IVersioned
{
    public int Id { get; set; }

    public required string Code { get; set; }

    public required string Name { get; set; }

    /// <summary>Name of the engine's account manager.</summary>
    public required string ManagerClass { get; set; }

    /// <summary>A JSON object.</summary>
    public string Config { get; set; } = "{}";

    public long Version { get; set; }
}
