namespace MaoApi.Notices.Preferences;

/// <summary>
/// The hours of the night, by the wall clock of where the user lives. Their begin belongs to them, their end does not. A clock that jumps over
/// the end at the change to summer time ends them at the jump. Pure.
/// </summary>
internal static class QuietHours
{
    /// <summary>When a notice that may wait is due: now, or at the end of the quiet hours that run.</summary>
    public static DateTimeOffset DueAt(NoticePreferences preferences, DateTimeOffset now)
    {
        if (preferences is not { QuietFrom: { } from, QuietTo: { } to } || from == to
            || !TimeZoneInfo.TryFindSystemTimeZoneById(preferences.TimeZone, out var zone))
        {
            return now;
        }

        var local = TimeZoneInfo.ConvertTime(now, zone);
        var clock = TimeOnly.FromTimeSpan(local.TimeOfDay);
        if (!clock.IsBetween(from, to))
        {
            return now;
        }

        var day = DateOnly.FromDateTime(local.DateTime);
        return Utc(clock < to ? day : day.AddDays(1), to, zone, now);
    }

    private static DateTimeOffset Utc(DateOnly day, TimeOnly clock, TimeZoneInfo zone, DateTimeOffset now)
    {
        var wall = day.ToDateTime(clock);
        while (zone.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(1);
        }

        // Shown twice in autumn: the first of the two that is still to come.
        TimeSpan[] offsets = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall) : [zone.GetUtcOffset(wall)];
        var moments = offsets.OrderDescending().Select(offset => new DateTimeOffset(wall, offset).ToUniversalTime());
        return moments.FirstOrDefault(moment => moment > now, now);
    }
}
