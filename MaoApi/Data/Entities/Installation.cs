namespace MaoApi.Data.Entities;

/// <summary>The name of this installation (<c>mao_installation</c>), by which it knows what it has made elsewhere. One row.</summary>
internal sealed class Installation
{
    public const int OnlyId = 1;

    public int Id { get; set; } = OnlyId;

    /// <summary>Random, made at the first need.</summary>
    public required string Name { get; set; }
}
