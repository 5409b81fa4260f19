using System.Globalization;
using System.Text.RegularExpressions;

namespace MaoTrade.Protocol.Logs;

/// <summary>
/// The line of source an event's fault came from. Code that is compiled does not know its lines, the trace of an exception does where the
/// symbols lie beside the program: the first there is that of the innermost fault.
/// </summary>
public static partial class SourceLine
{
    /// <summary>Null where the trace tells none.</summary>
    public static int? Of(string? trace) =>
        trace is not null && Place().Match(trace) is { Success: true } place
            && int.TryParse(place.Groups["line"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            ? line
            : null;

    [GeneratedRegex(@"^ +at [^\r\n]*:line (?<line>[0-9]{1,9})\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Place();
}
