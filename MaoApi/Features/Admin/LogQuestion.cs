using System.ComponentModel.DataAnnotations;
using MaoApi.Logs;

namespace MaoApi.Features.Admin;

/// <summary>Which events of the central log; the same for a search and for the tail.</summary>
public record LogQuestion
{
    /// <summary>This level or a worse one.</summary>
    [RegularExpression(LogLevels.Pattern, ErrorMessage = "level is one of debug, info, warning, error, critical")]
    public string? Level { get; init; }

    [StringLength(40)]
    public string? App { get; init; }

    [StringLength(40)]
    public string? Account { get; init; }

    [StringLength(256)]
    public string? Text { get; init; }

    [StringLength(64)]
    public string? Rid { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    internal LogFilter ToFilter() => new()
    {
        Level = Level,
        App = App,
        Account = Account,
        Text = Text,
        Rid = Rid,
        From = From,
        To = To,
    };
}
