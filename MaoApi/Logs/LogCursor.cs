using System.Globalization;

namespace MaoApi.Logs;

/// <summary>The place of an event in the order of the log: what comes in meanwhile moves nothing.</summary>
internal readonly record struct LogCursor(long UnixMilliseconds, string Id)
{
    public static LogCursor Of(LogRecord record) => new(record.Timestamp.ToUnixTimeMilliseconds(), record.Id);

    public static bool TryParse(string text, ILogStore store, out LogCursor cursor)
    {
        cursor = default;
        if (text.Split('-') is not [var time, var id]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            || !store.IsId(id))
        {
            return false;
        }

        cursor = new LogCursor(milliseconds, id);
        return true;
    }

    public override string ToString() => $"{UnixMilliseconds}-{Id}";
}
