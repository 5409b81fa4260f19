namespace MaoApi.News;

/// <summary>A piece of news as a feed tells it, cleaned: plain text, absolute addresses.</summary>
/// <param name="Title">Plain text, never empty.</param>
/// <param name="Link">Absolute http or https address.</param>
/// <param name="Guid">The feed's own name of it; null where it gives none.</param>
/// <param name="Image">Absolute http or https address, or null.</param>
/// <param name="Published">When it came out; null where the feed does not say.</param>
internal sealed record FeedItem(string Title, string Link, string? Guid, string? Image, DateTimeOffset? Published);

/// <summary>What is wrong in a feed.</summary>
/// <param name="Line">Line of the document, from 1; 0 where it is the whole document.</param>
/// <param name="Message">For people.</param>
internal sealed record FeedFault(int Line, string Message)
{
    public override string ToString() => Line == 0 ? Message : $"line {Line}: {Message}";
}

/// <summary>A feed that was read: what is good of it, and what is not.</summary>
internal sealed record FeedDocument(IReadOnlyList<FeedItem> Items, IReadOnlyList<FeedFault> Faults);
