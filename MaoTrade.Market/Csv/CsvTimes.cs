using System.Buffers;
using System.Globalization;

namespace MaoTrade.Market.Csv;

/// <summary>
/// Dates and times as files write them: parts divided by <c>- / .</c> or a space, or digits without a gap; months by number
/// or English name; the time after a T or a space, or in a column of its own, with or without seconds, an offset, AM or PM.
/// Without an offset it is UTC; a date without time is 00:00.
/// </summary>
internal static class CsvTimes
{
    private const int MostChars = 40;

    private static readonly int DayOfEpoch = new DateOnly(1970, 1, 1).DayNumber;
    private static readonly SearchValues<char> Dividers = SearchValues.Create("-/. T,");

    private static readonly string[] IsoForms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyyMMdd", "yyyyMMdd HHmmss", "yyyyMMdd HH:mm:ss", "yyyyMMdd HH:mm", "yyyyMMdd HHmm",
        "yyyyMMddHHmmss", "yyyyMMddHHmm", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    private static readonly string[] ClockForms =
    [
        "H:mm:ss", "H:mm", "H:mm:ss.FFFFFFF", "h:mm:ss tt", "h:mm tt", "HHmmss", "HHmm", "H:mm:ssK", "H:mmK",
    ];

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Reads a date with what follows it.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, CsvDateOrder order, out long unixSeconds)
    {
        text = text.Trim();
        unixSeconds = 0;
        if (text.Length is 0 or > MostChars)
        {
            return false;
        }

        if (order == CsvDateOrder.YearMonthDay && TryIso(text, out unixSeconds))
        {
            return true;
        }

        return TryParts(text, order, out var date, out var rest) && TryClock(rest, out var clock)
            && Sum(date, clock, out unixSeconds);
    }

    /// <summary>Reads a date and the time of another column, which may have lost its leading zeros.</summary>
    public static bool TryParse(ReadOnlySpan<char> date, ReadOnlySpan<char> time, CsvDateOrder order, out long unixSeconds)
    {
        time = time.Trim();
        if (time.Length is 1 or 2 or 3 or 5 && !time.ContainsAnyExceptInRange('0', '9'))
        {
            time = time.ToString().PadLeft(time.Length == 5 ? 6 : 4, '0');
        }

        unixSeconds = 0;
        return TryParse(date, order, out var midnight) && midnight % 86_400 == 0 && TryClock(time, out var clock)
            && Sum(DateTimeOffset.FromUnixTimeSeconds(midnight).UtcDateTime, clock, out unixSeconds);
    }

    private static bool TryIso(ReadOnlySpan<char> text, out long unixSeconds)
    {
        if (!text.ContainsAnyExceptInRange('0', '9') && text.Length is 10 or 13)
        {
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out unixSeconds)
                && (unixSeconds = text.Length == 13 ? unixSeconds / 1_000 : unixSeconds) >= 0;
        }

        if (TryUsual(text, out unixSeconds))
        {
            return true;
        }

        var ok = DateTimeOffset.TryParseExact(
            text, IsoForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at);
        unixSeconds = at.ToUnixTimeSeconds();
        return ok;
    }

    /// <summary>The form of most files, <c>yyyy-MM-dd[ HH:mm:ss[Z]]</c>, without the framework's detours.</summary>
    private static bool TryUsual(ReadOnlySpan<char> text, out long unixSeconds)
    {
        unixSeconds = 0;
        if (text.Length is not (10 or 19 or 20) || text[4] != '-' || text[7] != '-' || (text.Length == 20 && text[19] != 'Z'))
        {
            return false;
        }

        var (year, month, day) = ((Two(text) * 100) + Two(text[2..]), Two(text[5..]), Two(text[8..]));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var midnight = (new DateOnly(year, month, day).DayNumber - DayOfEpoch) * 86_400L;
        if (text.Length == 10)
        {
            unixSeconds = midnight;
            return true;
        }

        var (hour, minute, second) = (Two(text[11..]), Two(text[14..]), Two(text[17..]));
        unixSeconds = midnight + (hour * 3_600) + (minute * 60) + second;
        return text[10] is 'T' or ' ' && text[13] == ':' && text[16] == ':' && hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and < 60;
    }

    /// <summary>Two digits; far below 0 where one is none.</summary>
    private static int Two(ReadOnlySpan<char> text) =>
        char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]) ? ((text[0] - '0') * 10) + text[1] - '0' : -10_000;

    private static bool TryParts(ReadOnlySpan<char> text, CsvDateOrder order, out DateTime date, out ReadOnlySpan<char> rest)
    {
        date = default;
        Span<int> parts = stackalloc int[3];
        var named = -1;
        rest = text;
        for (var i = 0; i < 3; i++)
        {
            var end = rest.IndexOfAny(Dividers);
            if (i < 2 && end <= 0)
            {
                return false;
            }

            var part = end < 0 ? rest : rest[..end];
            if (Month(part) is var month and > 0)
            {
                named = i;
                parts[i] = month;
            }
            else if (part.Length > 4 || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out parts[i]))
            {
                return false;
            }

            rest = end < 0 ? [] : rest[(end + 1)..].TrimStart(' ');
        }

        var (yearAt, monthAt, dayAt) = order switch
        {
            CsvDateOrder.YearMonthDay => (0, 1, 2),
            CsvDateOrder.DayMonthYear => (2, 1, 0),
            _ => (2, 0, 1),
        };
        if (named >= 0 && named != monthAt)
        {
            return false;
        }

        var year = parts[yearAt] < 100 ? parts[yearAt] + (parts[yearAt] < 70 ? 2_000 : 1_900) : parts[yearAt];
        if (year is < 1_800 or > 9_998 || parts[monthAt] is < 1 or > 12
            || parts[dayAt] < 1 || parts[dayAt] > DateTime.DaysInMonth(year, parts[monthAt]))
        {
            return false;
        }

        date = new DateTime(year, parts[monthAt], parts[dayAt], 0, 0, 0, DateTimeKind.Utc);
        return true;
    }

    /// <summary>1 to 12 for an English name or its first three letters, else 0.</summary>
    private static int Month(ReadOnlySpan<char> name)
    {
        for (var i = 0; name.Length >= 3 && i < Months.Length; i++)
        {
            if (name[..3].Equals(Months[i], StringComparison.OrdinalIgnoreCase))
            {
                return i + 1;
            }
        }

        return 0;
    }

    private static bool TryClock(ReadOnlySpan<char> text, out TimeSpan clock)
    {
        clock = default;
        if (text.IsEmpty)
        {
            return true;
        }

        // The day only carries the time; an offset may move it into the next or the one before.
        Span<char> dated = stackalloc char[MostChars + 11];
        if (text.Length > MostChars)
        {
            return false;
        }

        "2000-01-02 ".CopyTo(dated);
        text.CopyTo(dated[11..]);
        var ok = DateTimeOffset.TryParseExact(
            dated[..(11 + text.Length)], DatedClockForms, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at);
        clock = at - new DateTimeOffset(2000, 1, 2, 0, 0, 0, TimeSpan.Zero);
        return ok;
    }

    private static readonly string[] DatedClockForms = Array.ConvertAll(ClockForms, form => "yyyy-MM-dd " + form);

    private static bool Sum(DateTime date, TimeSpan clock, out long unixSeconds)
    {
        unixSeconds = (date - DateTime.UnixEpoch + clock).Ticks / TimeSpan.TicksPerSecond;
        return true;
    }
}
