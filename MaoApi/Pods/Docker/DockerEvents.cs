using System.Globalization;
using System.Text.Json.Nodes;

namespace MaoApi.Pods.Docker;

/// <summary>An end that Docker remembers.</summary>
/// <param name="At">When.</param>
/// <param name="ExitCode">Null where the event has none.</param>
/// <param name="IsOutOfMemory">Whether it tells of a lack of memory.</param>
internal sealed record DockerEvent(DateTimeOffset At, int? ExitCode, bool IsOutOfMemory);

/// <summary>What Docker remembers of the recent past: 256 events at most, none from before its own start.</summary>
internal static class DockerEvents
{
    private const long NanosecondsPerTick = 100;

    /// <summary>Reads the events of a period that has ended, oldest first.</summary>
    public static async Task<IReadOnlyList<DockerEvent>> ReadAsync(DockerApi api, string path, CancellationToken cancellationToken)
    {
        var events = new List<DockerEvent>();
        await using var stream = await api.StreamAsync(path, cancellationToken);
        using var reader = new StreamReader(stream);
        try
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.Length > 0)
                {
                    events.Add(Parse(JsonNode.Parse(line)!));
                }
            }
        }
        catch (IOException fault)
        {
            throw PodDriverException.Away("Docker's events broke off.", fault);
        }

        return [.. events.Where(item => item.ExitCode is not null || item.IsOutOfMemory).OrderBy(item => item.At)];
    }

    private static DockerEvent Parse(JsonNode node) => new(
        DateTimeOffset.UnixEpoch.AddTicks((long)node["timeNano"]! / NanosecondsPerTick),
        int.TryParse(node["Actor"]?["Attributes"]?["exitCode"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null,
        node["Action"]?.ToString() == "oom");
}
