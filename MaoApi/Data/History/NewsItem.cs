namespace MaoApi.Data.History;

/// <summary>A piece of news (<c>news</c>).</summary>
internal sealed class NewsItem
{
    public int Id { get; set; }

    public required string Title { get; set; }

    public string? Image { get; set; }

    public required string Link { get; set; }

    /// <summary>SHA-256 of the link, hex: the same news is stored once.</summary>
    public required string LinkHash { get; set; }

    /// <summary>SHA-256 of the feed's name and its own name of the piece, hex; null where it gives none.</summary>
    public string? GuidHash { get; set; }

    public DateTimeOffset Published { get; set; }

    public required string Type { get; set; }
}
