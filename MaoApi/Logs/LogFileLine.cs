using System.Globalization;
using System.Text;

namespace MaoApi.Logs;

/// <summary>
/// The first line of an event in a log file: <c>[2025-04-02 09:16:29,283] [ERROR   ] [Config] rid=… event=… message</c>, UTC. Any other line goes on
/// with the event before it. Lines are UTF-8; one that is not is read as Latin-1, which can read everything.
/// </summary>
internal readonly record struct LogFileLine(DateTimeOffset Time, string LevelName, string Module, string? Rid, string? Event, string Message)
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss,fff";
    private const int TimeEnd = 24;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimEnd((byte)'\r');
        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    public static bool TryParse(string line, out LogFileLine parsed)
    {
        parsed = default;
        if (line.Length < TimeEnd + 1 || line[0] != '[' || line[TimeEnd] != ']'
            || !DateTime.TryParseExact(
                line.AsSpan(1, TimeEnd - 1), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return false;
        }

        var rest = line.AsSpan(TimeEnd + 1);
        if (!TakeBracket(ref rest, out var level) || !TakeBracket(ref rest, out var module))
        {
            return false;
        }

        rest = rest.TrimStart(' ');
        var rid = TakeMark(ref rest, "rid=");
        var name = TakeMark(ref rest, "event=");
        parsed = new LogFileLine(new DateTimeOffset(time, TimeSpan.Zero), level.Trim(), module, rid, name, rest.ToString());
        return true;
    }

    private static string? TakeMark(ref ReadOnlySpan<char> rest, string mark)
    {
        if (!rest.StartsWith(mark))
        {
            return null;
        }

        var end = rest.IndexOf(' ');
        var value = rest[mark.Length..(end < 0 ? rest.Length : end)].ToString();
        rest = end < 0 ? default : rest[(end + 1)..];
        return value;
    }

    private static bool TakeBracket(ref ReadOnlySpan<char> rest, out string text)
    {
        rest = rest.TrimStart(' ');
        var end = rest.IndexOf(']');
        text = "";
        if (end < 1 || rest[0] != '[')
        {
            return false;
        }

        text = rest[1..end].ToString();
        rest = rest[(end + 1)..];
        return true;
    }
}
