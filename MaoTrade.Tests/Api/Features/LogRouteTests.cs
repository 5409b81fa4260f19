using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using MaoApi.Hosting;
using MaoApi.Logs;
using MaoTrade.Tests.Api.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Tests.Api.Features;

public sealed class LogRouteTests
{
    private static readonly Action<ILogger, string, Exception?> WentWrong =
        LoggerMessage.Define<string>(LogLevel.Error, new EventId(1, "WentWrong"), "rid={RequestId} went wrong");

    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_search_answers_page_by_page_with_the_fields_of_the_collection()
    {
        await using var gateway = await Gateway.StartAsync();
        await AppendAsync(gateway, [.. Enumerable.Range(0, 5).Select(n => Event($"event {n}") with { Timestamp = At.AddSeconds(n) })]);

        var first = await gateway.PostAsync("/admin/logs/search", """{"account":"demo1","limit":3}""", "admin");
        var second = await gateway.PostAsync(
            "/admin/logs/search", $$"""{"account":"demo1","limit":3,"cursor":"{{first.Data["cursor"]}}"}""", "admin");

        Messages(first).Concat(Messages(second)).Should().Equal("event 4", "event 3", "event 2", "event 1", "event 0");
        second.Data["cursor"].Should().BeNull();
        first.Data["items"]![0]!.AsObject().Select(member => member.Key).Should().Contain(
            ["app", "mtaccount", "compname", "module", "funcName", "lineno", "levelName", "thread", "topic", "topicId", "message", "stacktrace", "timestamp", "localtime", "fileLog"]);
    }

    [Theory]
    [InlineData("""{"level":"loud"}""", "level")]
    [InlineData("""{"cursor":"yesterday"}""", "cursor")]
    [InlineData("""{"limit":201}""", "limit")]
    [InlineData("""{"from":"yesterday"}""", "from")]
    [InlineData("""{"words":"x"}""", "words")]
    public async Task Bad_input_names_its_field(string body, string field)
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync("/admin/logs/search", body, "admin");

        (reply.Status, reply.Code, reply.Data["errors"]![0]!["field"]!.ToString()).Should().Be((422, 30, field));
    }

    [Fact]
    public async Task What_the_gateway_logs_is_found_with_its_request()
    {
        await using var gateway = await Gateway.StartAsync();
        var log = gateway.App.Services.GetRequiredService<ILoggerFactory>().CreateLogger("MaoApi.Somewhere.Thing");
        WentWrong(log, "rid-1", new InvalidOperationException("because"));

        var item = await UntilFoundAsync(gateway, """{"rid":"rid-1","level":"error"}""");

        (item["app"]!.ToString(), item["module"]!.ToString(), item["levelName"]!.ToString(), item["message"]!.ToString())
            .Should().Be(("maoapi", "Thing", "ERROR", "rid=rid-1 went wrong"));
        item["stacktrace"]!.ToString().Should().StartWith("System.InvalidOperationException: because");
    }

    [Fact]
    public async Task Lines_of_an_engines_file_are_found_and_a_stack_trace_belongs_to_its_line()
    {
        await using var gateway = await Gateway.StartAsync();
        var logs = Path.Combine(gateway.App.Services.GetRequiredService<DataFolder>().Account("one"), "logs");
        Directory.CreateDirectory(logs);
        var now = TimeProvider.System.GetUtcNow();
        await File.WriteAllTextAsync(
            Path.Combine(logs, $"maotrade-{now:yyyy-MM-dd}.log"), $"[{now:yyyy-MM-dd HH:mm:ss,fff}] [ERROR   ] [Config] rid=r7 unlikely words\nSystem.Exception\n   at X\n");

        var item = await UntilFoundAsync(gateway, """{"text":"unlikely words"}""");

        (item["mtaccount"]!.ToString(), item["rid"]!.ToString(), item["stacktrace"]!.ToString()).Should().Be(("one", "r7", "System.Exception\n   at X"));
    }

    [Fact]
    public async Task A_tail_gives_new_events_that_match_and_goes_on_where_it_was_cut()
    {
        await using var gateway = await Gateway.StartAsync();
        await AppendAsync(gateway, Event("before"));
        string id;
        using (var tail = await TailAsync(gateway, "?account=demo1&level=warning", null))
        {
            await AppendAsync(gateway, Event("too mild"), Event("first") with { LevelName = "ERROR" });
            (id, var first) = await tail.NextAsync();
            first["message"]!.ToString().Should().Be("first");
        }

        await AppendAsync(gateway, Event("missed") with { LevelName = "ERROR" });
        using var again = await TailAsync(gateway, "?account=demo1&level=warning", id);
        (await again.NextAsync()).Data["message"]!.ToString().Should().Be("missed");
    }

    [Fact]
    public async Task Without_its_store_the_log_answers_503_and_everything_else_goes_on()
    {
        await using var gateway = await Gateway.StartAsync(replace: services => services.AddSingleton<ILogStore, AbsentStore>());
        gateway.App.Services.GetRequiredService<Readiness>().Open();

        var search = await gateway.PostAsync("/admin/logs/search", "{}", "admin");
        var tail = await gateway.GetAsync("/admin/logs/tail", "admin");
        var other = await gateway.GetAsync("/clientmt/accounts");
        var monitor = await gateway.SignedAsync(gateway.MonitorKey, HttpMethod.Get, "/srv/monitor");
        var health = await gateway.SendAsync(HttpMethod.Get, "/health/ready");

        (search.Status, search.Code, tail.Status, tail.Code, other.Status).Should().Be((503, 51, 503, 51, 200));
        monitor.Status.Should().Be(200, "pods and jobs are monitored as ever");
        monitor.Data["logs"]!["lastAt"].Should().BeNull();
        (health.Status, health.Data["status"]!.ToString()).Should().Be((200, "degraded"));
        health.Data["checks"]!["logStore"]!["status"]!.ToString().Should().Be("unhealthy");
    }

    private static LogRecord Event(string message) => new()
    {
        App = "maotrade",
        Account = "demo1",
        LevelName = "INFO",
        Message = message,
        Timestamp = At,
    };

    private static Task AppendAsync(Gateway gateway, params LogRecord[] records) =>
        gateway.App.Services.GetRequiredService<ILogWriter>().AppendAsync(new LogBatch(records), default);

    private static IEnumerable<string> Messages(Reply reply) => reply.Data["items"]!.AsArray().Select(item => item!["message"]!.ToString());

    private static async Task<JsonNode> UntilFoundAsync(Gateway gateway, string query)
    {
        JsonNode? found = null;
        await MaoTrade.Tests.Support.Until.TrueAsync("the event is found", TimeSpan.FromSeconds(60), async () =>
        {
            var reply = await gateway.PostAsync("/admin/logs/search", query, "admin");
            found = reply.Data["items"]!.AsArray().FirstOrDefault();
            return found is not null;
        });
        return found!;
    }

    private static async Task<Tail> TailAsync(Gateway gateway, string query, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/logs/tail" + query);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", gateway.TokenOf("admin"));
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        return new Tail(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    private sealed class Tail(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public async Task<(string Id, JsonNode Data)> NextAsync()
        {
            var id = "";
            while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
            {
                id = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : id;
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    return (id, JsonNode.Parse(line[6..])!);
                }
            }

            throw new InvalidOperationException("the stream ended");
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }

    private sealed class AbsentStore : ILogStore, ILogWriter
    {
        public bool IsId(string text) => false;

        public Task AppendAsync(LogBatch batch, CancellationToken cancellationToken) => throw new LogStoreException("away");

        public Task<LogPosition?> PositionAsync(string file, CancellationToken cancellationToken) => throw new LogStoreException("away");

        public Task<IReadOnlyList<LogRecord>> SearchAsync(LogFilter filter, LogCursor? before, int limit, CancellationToken cancellationToken) =>
            throw new LogStoreException("away");

        public Task<LogSlice> ReadAfterAsync(LogFilter filter, string after, int limit, CancellationToken cancellationToken) =>
            throw new LogStoreException("away");

        public Task<string> LastIdAsync(CancellationToken cancellationToken) => throw new LogStoreException("away");

        public Task<int> DeleteBeforeAsync(DateTimeOffset time, int most, CancellationToken cancellationToken) => throw new LogStoreException("away");
    }
}
