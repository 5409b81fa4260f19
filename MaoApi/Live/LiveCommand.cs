namespace MaoApi.Live;

/// <summary>What a client says.</summary>
internal sealed record LiveCommand
{
    /// <summary><c>auth</c>, <c>subscribe</c>, <c>unsubscribe</c>, <c>get_status</c> or <c>ping</c>.</summary>
    public string? Action { get; init; }

    public string? Token { get; init; }

    public string? AccountId { get; init; }

    public IReadOnlyList<string>? Channels { get; init; }

    public IReadOnlyDictionary<string, long>? From { get; init; }
}
