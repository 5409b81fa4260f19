using System.Diagnostics.CodeAnalysis;
using System.Formats.Tar;
using System.Text.Json;
using MaoApi.Logs;
using MaoTrade.Engine.Logs;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace MaoTrade.Tests.Containers;

/// <summary>Docker's own log driver brings what containers write to a receiver of the Forward protocol, as it does to Fluentd.</summary>
[Collection("processes")]
[SuppressMessage("Design", "CA1001", Justification = "The test framework ends it by DisposeAsync.")]
public sealed class FluentdDriverTests : IAsyncLifetime
{
    /// <summary>What data-model calls the log collection, as far as an engine's first lines fill it.</summary>
    private static readonly string[] Fields =
        ["app", "mtaccount", "compname", "module", "funcName", "levelName", "thread", "message", "timestamp", "localtime", "fileLog"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _containers = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var id in _containers)
        {
            await Command.RunAsync("docker", ["rm", "--force", "--volumes", id]);
        }

        _folder.Dispose();
    }

    [ContainerFact]
    public async Task Every_line_of_an_engine_arrives_whole_with_the_fields_of_the_collection()
    {
        await using var receiver = new ForwardReceiver();
        var id = await RunAsync(
            receiver.Port,
            ["--env", "LOG_CONFIG=true", "--env", "LOG_LEVEL=debug", "--volume", "/data", "mao-engine"],
            ["run", "--account-id", "demo", "--data-dir", "/data", "--bind", "127.0.0.1", "--broker-url", "tcp://127.0.0.1:1"]);
        await ForwardReceiver.UntilAsync("the engine has said its settings", () => receiver.Lines(id).Any(line => line.Contains("\"SettingsRead\"", StringComparison.Ordinal)));

        await Command.RunAsync("docker", ["stop", "--time", "30", id]);

        (await StateAsync(id)).Should().Be("false 0");
        var written = await EventsAsync(id);
        written.Should().NotBeEmpty();
        await ForwardReceiver.UntilAsync("the last line has come", () => receiver.Lines(id).Count(IsDocument) >= written.Count);
        var documents = receiver.Lines(id).Where(IsDocument).Select(line => JsonElement.Parse(line)).ToArray();
        documents.Select(document => document.GetProperty("message").GetString()).Should().Equal(written);
        foreach (var document in documents)
        {
            document.EnumerateObject().Select(member => member.Name).Should().Contain(Fields);
            (document.GetProperty("app").GetString(), document.GetProperty("mtaccount").GetString()).Should().Be(("maotrade", "demo"));
        }

        receiver.Of(id).Should().OnlyContain(record => (string)record["source"]! == "stdout" && ((string)record["container_name"]!).Length > 0);
    }

    [ContainerFact]
    public async Task A_document_of_any_length_is_one_line_and_other_output_comes_in_pieces_that_say_so()
    {
        var documents = Documents();
        var raw = new string('x', 40_000);
        await File.WriteAllTextAsync(_folder.File("lines"), $"{string.Concat(documents)}{raw}\nthe end\n");
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        await using var receiver = new ForwardReceiver();

        var id = await RunAsync(receiver.Port, ["--volume", $"{_folder.Path}:/in:ro", "--entrypoint", "cat", "mao-engine"], ["/in/lines"]);

        await ForwardReceiver.UntilAsync("the last line has come", () => receiver.Lines(id).Contains("the end", StringComparer.Ordinal));
        var records = receiver.Of(id);
        records.Take(documents.Count).Select(record => record["log"] + "\n").Should().Equal(documents);
        records.Take(documents.Count).Should().OnlyContain(record => !record.ContainsKey("partial_message"));
        var pieces = records.Skip(documents.Count).SkipLast(1).ToArray();
        pieces.Should().HaveCount(3).And.OnlyContain(record => (string)record["partial_message"]! == "true");
        string.Concat(pieces.Select(record => record["log"])).Should().Be(raw);
    }

    [ContainerFact]
    public async Task A_receiver_that_is_away_holds_no_container_up()
    {
        var port = ChildProcess.FreePort();
        var id = await RunAsync(
            port,
            ["--restart", "no", "--entrypoint", "sh", "mao-engine"],
            ["-c", "i=0; while [ $i -lt 60000 ]; do echo \"line $i, with as much text as fills what the driver keeps for a receiver\"; i=$((i+1)); done; exit 3"]);

        await Until.TrueAsync("it has written five times what the driver keeps, and ended", ComposeStack.Deadline, async () => await StateAsync(id) == "false 3");
        await Command.RunAsync("docker", ["start", id]);
        await Until.TrueAsync("it was started and has ended again", ComposeStack.Deadline, async () => await StateAsync(id) == "false 3");

        var late = await RunAsync(port, ["--entrypoint", "sh", "mao-engine"], ["-c", "echo early; sleep 600"]);
        await using var receiver = new ForwardReceiver(port);
        await ForwardReceiver.UntilAsync("what was written before comes once there is a receiver", () => receiver.Lines(late).Contains("early", StringComparer.Ordinal));
    }

    private static bool IsDocument(string line) => line.StartsWith('{');

    /// <summary>Events as an engine formats them, from short ones to those that are far too long.</summary>
    private static List<string> Documents()
    {
        var lines = new List<string>();
        var document = new LogDocument("demo");
        using var logger = new LoggerConfiguration().Enrich.With<LogThread>().WriteTo.Sink(new Catch(logEvent =>
        {
            using var output = new StringWriter { NewLine = "\n" };
            document.Format(logEvent, output);
            lines.Add(output.ToString());
        })).CreateLogger();
        foreach (var text in new[] { "short", "two\nlines", "ß € \ud83d\ude00", new string('y', 12_000), new string('z', 100_000), new string('€', 100_000) })
        {
            logger.Information("{Text}", text);
            logger.Error(new InvalidOperationException(text), "{Text}", text);
        }

        return lines;
    }

    private async Task<string> RunAsync(int port, string[] options, string[] words)
    {
        var id = await Command.RunAsync("docker",
        [
            "run", "--detach", "--network", "none", "--log-driver", "fluentd", "--log-opt", $"fluentd-address=127.0.0.1:{port}",
            "--log-opt", "fluentd-async=true", "--log-opt", "fluentd-buffer-limit=1m", "--log-opt", "tag=mao.test", .. options, .. words,
        ]);
        _containers.Add(id);
        return id;
    }

    private static Task<string> StateAsync(string id) => Command.RunAsync("docker", ["inspect", "--format", "{{.State.Running}} {{.State.ExitCode}}", id]);

    /// <summary>The messages in the engine's daily files, taken out of the container.</summary>
    private async Task<IReadOnlyList<string>> EventsAsync(string id)
    {
        var archive = _folder.File("logs.tar");
        await Command.RunAsync("sh", ["-c", $"docker cp {id}:/data/accounts/demo/logs - > {archive}"]);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await using var tar = new TarReader(File.OpenRead(archive));
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
        {
            if (entry is { DataStream: { } data } && entry.Name.EndsWith(".log", StringComparison.Ordinal))
            {
                using var reader = new StreamReader(data);
                files.Add(entry.Name, await reader.ReadToEndAsync());
            }
        }

        return [.. files.Values.SelectMany(text => text.Split('\n')).Select(line => LogFileLine.TryParse(line, out var parsed) ? parsed.Message : null).OfType<string>()];
    }

    private sealed class Catch(Action<LogEvent> take) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => take(logEvent);
    }
}
