using System.Globalization;
using System.Text.RegularExpressions;

namespace MaoApi.News;

/// <summary>
/// Times as feeds write them: RFC 822 with its successors (<c>Wed, 02 Oct 2002 13:00:00 GMT</c>, also without weekday or seconds, with two
/// digits of a year, with North American zones) in RSS, ISO 8601 (<c>2002-10-02T13:00:00Z</c>) in Atom. Each is taken in both.
/// </summary>
internal static partial class FeedTime
{
    private const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>Years of two digits: 00 to 49 are 2000 to 2049 (RFC 2822, 4.3).</summary>
    private const int FirstOldYear = 50;

    private static readonly string[] Iso =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ssK",
    ];

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Hours from UTC of the zones RFC 822 names, and of those European feeds use.</summary>
    private static readonly Dictionary<string, int> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["GMT"] = 0,
        ["UT"] = 0,
        ["UTC"] = 0,
        ["Z"] = 0,
        ["EST"] = -5,
        ["EDT"] = -4,
        ["CST"] = -6,
        ["CDT"] = -5,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["PST"] = -8,
        ["PDT"] = -7,
        ["CET"] = 1,
        ["CEST"] = 2,
        ["BST"] = 1,
    };

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        text = text.Trim();
        if (DateTimeOffset.TryParseExact(text, Iso, CultureInfo.InvariantCulture, Styles, out time))
        {
            return true;
        }

        var match = Rfc822().Match(text);
        if (!match.Success || Array.IndexOf(Months, match.Groups["month"].Value.ToLowerInvariant()) is not (>= 0 and var month)
            || Offset(match.Groups["zone"].Value) is not { } offset)
        {
            return false;
        }

        var year = Number(match, "year");
        year += match.Groups["year"].Length > 2 ? 0 : year < FirstOldYear ? 2000 : 1900;
        var (day, hour, minute, second) = (Number(match, "day"), Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        if (year < 1900 || day < 1 || day > DateTime.DaysInMonth(year, month + 1) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        // A leap second is told as the second before it.
        time = new DateTimeOffset(year, month + 1, day, hour, minute, Math.Min(second, 59), TimeSpan.Zero) - offset;
        return true;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static TimeSpan? Offset(string zone)
    {
        if (zone.Length == 0)
        {
            return TimeSpan.Zero;
        }

        if (zone[0] is not ('+' or '-'))
        {
            return Zones.TryGetValue(zone, out var hours) ? TimeSpan.FromHours(hours) : null;
        }

        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal);
        var offset = new TimeSpan(int.Parse(digits[..2], CultureInfo.InvariantCulture), int.Parse(digits[2..], CultureInfo.InvariantCulture), 0);
        return offset > TimeSpan.FromHours(14) ? null : zone[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(
        @"^(?:[A-Za-z]{3,9}\s*,?\s+)?(?<day>[0-9]{1,2})[\s-](?<month>[A-Za-z]{3})[A-Za-z]*[\s-](?<year>[0-9]{2}|[0-9]{4})\s+(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2}))?\s*(?<zone>[+-][0-9]{2}:?[0-9]{2}|[A-Za-z]{1,4})?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        100)]
    private static partial Regex Rfc822();
}
