namespace MaoApi.Notices;

/// <summary>Something people are to be told.</summary>
/// <param name="Type">One of <see cref="NoticeType"/>.</param>
/// <param name="Title">One line.</param>
/// <param name="Message">The text.</param>
/// <param name="IsUrgent">Whether quiet hours do not hold it back.</param>
internal sealed record NewNotice(string Type, string Title, string Message, bool IsUrgent)
{
    public const int MostTitle = 200;
    public const int MostMessage = 2000;

    /// <summary>The account it is about.</summary>
    public int? AccountKey { get; init; }

    /// <summary>The event behind it, which tells a user once.</summary>
    public string? EventId { get; init; }

    /// <summary>Further fields for programs.</summary>
    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
