using System.ComponentModel.DataAnnotations;
using MaoApi.Outbound;

namespace MaoApi.Features.Admin.Feeds;

/// <summary>A feed of news; <c>LastResult</c> is what came of reading it last.</summary>
internal sealed record AdminFeed(
    string Name,
    string Address,
    string Type,
    bool Enabled,
    DateTimeOffset? Checked,
    string LastResult,
    int Failures,
    DateTimeOffset Created,
    DateTimeOffset Modified,
    long Version);

public sealed record ListFeedsRequest : AdminListRequest
{
    public FeedsFilter? Filter { get; init; }
}

public sealed record FeedsFilter
{
    public bool? Enabled { get; init; }

    [StringLength(40)]
    public string? Type { get; init; }
}

public record FeedKeyRequest
{
    [Required]
    [RegularExpression("[a-z0-9][a-z0-9_.-]{0,39}")]
    public string? Name { get; init; }
}

public sealed record DeleteFeedRequest : FeedKeyRequest
{
    [Required]
    public long? Version { get; init; }
}

public sealed record CreateFeedRequest : FeedKeyRequest
{
    /// <summary>An https address, or the name of a file in <c>feeds</c> of the data folder.</summary>
    [Required]
    [StringLength(OutboundRules.MostCharacters, MinimumLength = 1)]
    public string? Address { get; init; }

    /// <summary>What kind of news it brings.</summary>
    [RegularExpression("[a-z0-9][a-z0-9_.-]{0,39}")]
    public string Type { get; init; } = "news";

    public bool Enabled { get; init; } = true;
}

public sealed record ChangeFeedRequest : FeedKeyRequest
{
    [Required]
    public long? Version { get; init; }

    [StringLength(OutboundRules.MostCharacters, MinimumLength = 1)]
    public string? Address { get; init; }

    [RegularExpression("[a-z0-9][a-z0-9_.-]{0,39}")]
    public string? Type { get; init; }

    public bool? Enabled { get; init; }
}
