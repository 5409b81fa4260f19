using System.Globalization;

namespace MaoApi.Telemetry;

/// <summary>HTTP statuses as text, made once.</summary>
internal static class StatusText
{
    private const int Count = 600;

    private static readonly string[] Texts = [.. Enumerable.Range(0, Count).Select(status => status.ToString(CultureInfo.InvariantCulture))];

    public static string Of(int status) => status is >= 0 and < Count ? Texts[status] : "0";
}
