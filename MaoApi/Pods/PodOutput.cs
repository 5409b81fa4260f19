using System.Text;
using System.Text.Json;
using MaoApi.Hosting;

namespace MaoApi.Pods;

/// <summary>
/// The last lines an engine wrote: its output, where log events are JSON documents and everything else is what the runtime had to say,
/// such as the end of a crash. Documents are shown as the lines of its log. Where there is no output, the newest log file is read.
/// </summary>
internal sealed class PodOutput(DataFolder folder)
{
    public const int MaxLines = 1000;

    /// <summary>How far back a file is read.</summary>
    private const int MaxBytes = 1024 * 1024;
    private const int MaxLineLength = 4000;

    public async Task<IReadOnlyList<string>> LastLinesAsync(string accountId, int count, CancellationToken cancellationToken)
    {
        var logs = Path.Combine(folder.Account(accountId), "logs");
        var output = Path.Combine(logs, "stdout.jsonl");
        var lines = await ReadAsync(output, cancellationToken);
        if (lines.Count < count)
        {
            lines.InsertRange(0, await ReadAsync(output + ".1", cancellationToken));
        }

        if (lines.Count == 0 && NewestLog(logs) is { } log)
        {
            lines = await ReadAsync(log, cancellationToken);
        }

        return [.. lines.TakeLast(count).SelectMany(Show).TakeLast(count)];
    }

    private static string? NewestLog(string logs) => Directory.Exists(logs)
        ? Directory.EnumerateFiles(logs, "maotrade-*.log").Max(StringComparer.Ordinal)
        : null;

    private static async Task<List<string>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
        var isCut = file.Length > MaxBytes;
        file.Position = isCut ? file.Length - MaxBytes : 0;
        var bytes = new byte[Math.Min(file.Length, MaxBytes)];
        var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        var lines = Encoding.UTF8.GetString(bytes, 0, length).Split('\n');
        return [.. lines.Skip(isCut ? 1 : 0).Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)];
    }

    private static IEnumerable<string> Show(string line)
    {
        if (Document(line) is not { } document)
        {
            return [Cut(line)];
        }

        var rid = document.Rid is { } id ? $"rid={id} " : "";
        var time = document.Timestamp.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss,fff");
        var first = Cut($"[{time}] [{document.LevelName,-8}] [{document.Module}] {rid}{document.Message}");
        return document.Stacktrace is { } trace ? [first, .. trace.ReplaceLineEndings("\n").Split('\n').Select(Cut)] : [first];
    }

    private static LogDocument? Document(string line)
    {
        try
        {
            return line.StartsWith('{') ? JsonSerializer.Deserialize<LogDocument>(line, JsonSerializerOptions.Web) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Cut(string line) => line.Length <= MaxLineLength ? line : line[..MaxLineLength] + "…";

    private sealed record LogDocument(
        DateTimeOffset Timestamp, string? LevelName, string? Module, string? Rid, string? Message, string? Stacktrace);
}
