using System.ComponentModel.DataAnnotations;

namespace MaoApi.Features.Admin;

/// <summary>What every list takes beside its own filter.</summary>
public abstract record AdminListRequest
{
    private const int MaxLimit = 200;

    /// <summary>A member of the items; with a hyphen before it, descending.</summary>
    [StringLength(40, MinimumLength = 1)]
    public string? Sort { get; init; }

    [Range(1, MaxLimit)]
    public int Limit { get; init; } = 50;

    /// <summary>The <c>cursor</c> of the page before, with the same filter and sort.</summary>
    [StringLength(4000, MinimumLength = 1)]
    public string? Cursor { get; init; }
}
