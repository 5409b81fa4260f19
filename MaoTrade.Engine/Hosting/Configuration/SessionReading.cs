using System.Collections.Frozen;
using System.Globalization;
using MaoTrade.Engine.Trading.Sessions;

namespace MaoTrade.Engine.Hosting.Configuration;

/// <summary>From the configured sessions to market hours; each fault names its place.</summary>
internal static class SessionReading
{
    private static readonly FrozenDictionary<string, DayOfWeek> Days = new Dictionary<string, DayOfWeek>
    {
        ["mon"] = DayOfWeek.Monday,
        ["tue"] = DayOfWeek.Tuesday,
        ["wed"] = DayOfWeek.Wednesday,
        ["thu"] = DayOfWeek.Thursday,
        ["fri"] = DayOfWeek.Friday,
        ["sat"] = DayOfWeek.Saturday,
        ["sun"] = DayOfWeek.Sunday,
    }.ToFrozenDictionary();

    /// <summary>Market hours by name; incomplete when there are faults.</summary>
    public static FrozenDictionary<string, MarketHours> Read(EngineConfig config, TimeZoneInfo? zone, ICollection<string> faults)
    {
        var sessions = new Dictionary<string, MarketHours>();
        for (var i = 0; i < config.Sessions.Count; i++)
        {
            var session = config.Sessions[i] ?? new SessionConfig();
            var name = session.Name;
            var hours = Read($"sessions[{i}]", session, zone ?? TimeZoneInfo.Utc, faults);
            if (string.IsNullOrEmpty(name))
            {
                faults.Add($"sessions[{i}].name: a name is expected");
            }
            else if (!sessions.TryAdd(name, hours))
            {
                faults.Add($"sessions[{i}].name: {name} stands there more than once");
            }
        }

        for (var i = 0; i < config.Symbols.Count; i++)
        {
            if (config.Symbols[i].Session is { } name && !sessions.ContainsKey(name))
            {
                faults.Add($"symbols[{i}].session: there is no session '{name}'");
            }
        }

        return sessions.ToFrozenDictionary();
    }

    private static MarketHours Read(string path, SessionConfig session, TimeZoneInfo zone, ICollection<string> faults)
    {
        if (session.TimeZone is { } own && !TimeZoneInfo.TryFindSystemTimeZoneById(own, out zone!))
        {
            faults.Add($"{path}.timeZone: an IANA name is expected, not '{own}'");
            zone = TimeZoneInfo.Utc;
        }

        if (session.Windows.Count == 0)
        {
            faults.Add($"{path}.windows: at least one is expected");
        }

        var windows = new List<SessionWindow>();
        for (var i = 0; i < session.Windows.Count; i++)
        {
            if (Window($"{path}.windows[{i}]", session.Windows[i] ?? new WindowConfig(), faults) is { } window)
            {
                windows.Add(window);
            }
        }

        var holidays = new List<DateOnly>();
        for (var i = 0; i < session.Holidays.Count; i++)
        {
            if (DateOnly.TryParseExact(session.Holidays[i], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                holidays.Add(day);
            }
            else
            {
                faults.Add($"{path}.holidays[{i}]: a day yyyy-MM-dd is expected, not '{session.Holidays[i]}'");
            }
        }

        return new MarketHours(zone, windows, holidays);
    }

    private static SessionWindow? Window(string path, WindowConfig window, ICollection<string> faults)
    {
        var before = faults.Count;
        var days = new HashSet<DayOfWeek>();
        for (var i = 0; i < window.Days.Count; i++)
        {
            if (!Days.TryGetValue(window.Days[i] ?? "", out var day) || !days.Add(day))
            {
                faults.Add($"{path}.days[{i}]: each of mon, tue, wed, thu, fri, sat, sun at most once is expected, not '{window.Days[i]}'");
            }
        }

        if (window.Days.Count == 0)
        {
            faults.Add($"{path}.days: at least one is expected");
        }

        var open = Time(window.Open);
        var close = window.Close == "24:00" ? TimeSpan.FromDays(1) : Time(window.Close);
        if (open is null)
        {
            faults.Add($"{path}.open: a time HH:mm is expected, not '{window.Open}'");
        }

        if (close is null)
        {
            faults.Add($"{path}.close: a time HH:mm or 24:00 is expected, not '{window.Close}'");
        }

        if (open is not null && open == close)
        {
            faults.Add($"{path}.close: another time than open is expected; a whole day is 00:00 to 24:00");
        }

        if (faults.Count > before)
        {
            return null;
        }

        return new SessionWindow(days, open!.Value, close > open ? close.Value : close!.Value + TimeSpan.FromDays(1));
    }

    private static TimeSpan? Time(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;
}
