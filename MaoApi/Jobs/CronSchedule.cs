using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace MaoApi.Jobs;

/// <summary>
/// When a job runs: five fields <c>minute hour day-of-month month day-of-week</c> and, behind them, a time zone (default UTC). A field is
/// <c>*</c>, a number, a range <c>a-b</c>, a step <c>*/n</c> or <c>a-b/n</c>, or a list of these; day of week 0 and 7 are Sunday. Where both
/// days are restricted, either is enough. A time that the change to summer time skips runs once right after the change; a time that comes
/// twice at its end runs once, at its first coming.
/// </summary>
internal sealed class CronSchedule
{
    /// <summary>29 February on a given day of the week comes within this.</summary>
    private const int MaxYears = 40;

    private readonly FrozenSet<int> _minutes;
    private readonly FrozenSet<int> _hours;
    private readonly FrozenSet<int> _days;
    private readonly FrozenSet<int> _months;
    private readonly FrozenSet<int> _weekDays;
    private readonly bool _eitherDay;
    private readonly TimeZoneInfo _zone;

    private CronSchedule(FrozenSet<int>[] fields, bool eitherDay, TimeZoneInfo zone)
    {
        (_minutes, _hours, _days, _months) = (fields[0], fields[1], fields[2], fields[3]);
        _weekDays = fields[4].Select(day => day % 7).ToFrozenSet();
        _eitherDay = eitherDay;
        _zone = zone;
    }

    public static CronSchedule Parse(string text) =>
        TryParse(text, out var schedule) ? schedule : throw new FormatException($"'{text}' is no schedule.");

    public static bool TryParse(string text, [NotNullWhen(true)] out CronSchedule? schedule)
    {
        schedule = null;
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var zone = TimeZoneInfo.Utc;
        if (parts.Length is not (5 or 6) || (parts.Length == 6 && !TimeZoneInfo.TryFindSystemTimeZoneById(parts[5], out zone)))
        {
            return false;
        }

        (int Min, int Max)[] ranges = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)];
        var fields = ranges.Select((range, i) => Field(parts[i], range.Min, range.Max)).ToArray();
        if (Array.Exists(fields, field => field is null))
        {
            return false;
        }

        schedule = new CronSchedule(fields!, !parts[2].StartsWith('*') && !parts[4].StartsWith('*'), zone);
        return true;
    }

    /// <summary>The first time after a moment; null where there is none.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after)
    {
        var local = TimeZoneInfo.ConvertTime(after, _zone).DateTime;
        var day = DateOnly.FromDateTime(local);
        for (var last = day.AddYears(MaxYears); day <= last; day = day.AddDays(1))
        {
            if (IsDay(day) && TimesOf(day, after) is { } next)
            {
                return next;
            }
        }

        return null;
    }

    private static FrozenSet<int>? Field(string text, int min, int max)
    {
        var values = new HashSet<int>();
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var only] => (only, 1),
                [var stepped, var every] when int.TryParse(every, out var n) && n > 0 && (stepped == "*" || stepped.Contains('-')) => (stepped, n),
                _ => ("", 0),
            };
            var (from, to) = range == "*" ? (min, max) : range.Split('-') switch
            {
                [var one] when int.TryParse(one, out var n) => (n, n),
                [var first, var second] when int.TryParse(first, out var a) && int.TryParse(second, out var b) => (a, b),
                _ => (-1, -1),
            };
            if (step == 0 || from < min || to > max || from > to)
            {
                return null;
            }

            for (var value = from; value <= to; value += step)
            {
                values.Add(value);
            }
        }

        return values.ToFrozenSet();
    }

    private bool IsDay(DateOnly day)
    {
        if (!_months.Contains(day.Month))
        {
            return false;
        }

        var (ofMonth, ofWeek) = (_days.Contains(day.Day), _weekDays.Contains((int)day.DayOfWeek));
        return _eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }

    private DateTimeOffset? TimesOf(DateOnly day, DateTimeOffset after)
    {
        foreach (var hour in _hours.Order())
        {
            foreach (var minute in _minutes.Order())
            {
                if (Moment(day.ToDateTime(new TimeOnly(hour, minute))) is var moment && moment > after)
                {
                    return moment;
                }
            }
        }

        return null;
    }

    /// <summary>A local time as a moment: the first of two, or the end of the gap it falls into.</summary>
    private DateTimeOffset Moment(DateTime local)
    {
        while (_zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
