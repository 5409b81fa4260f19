using System.Text.Json;
using MaoTrade.Engine.Logs;
using MaoTrade.Tests.Support;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace MaoTrade.Tests.Engine.Logs;

public sealed class LogLineTests
{
    private static readonly DateTimeOffset At = new(2025, 4, 2, 11, 16, 29, 283, TimeSpan.FromHours(2));

    [Fact]
    public void A_line_has_UTC_time_level_module_request_id_and_message()
    {
        using var output = new StringWriter();

        LogLine.Write(Event(LogEventLevel.Error, "order {Id} failed", "a-1"), output);

        output.ToString().Should().Be($"[2025-04-02 09:16:29,283] [ERROR   ] [Config] rid=r-1 order a-1 failed{Environment.NewLine}");
    }

    [Fact]
    public void A_line_that_programs_look_for_names_its_event_and_the_central_log_reads_it()
    {
        using var output = new StringWriter();
        var line = Event(LogEventLevel.Information, "trade={Id}", "F1");
        line.AddOrUpdateProperty(new LogEventProperty("event", new ScalarValue("trade_executed")));

        LogLine.Write(line, output);

        output.ToString().Should().Be($"[2025-04-02 09:16:29,283] [INFO    ] [Config] rid=r-1 event=trade_executed trade=F1{Environment.NewLine}");
        MaoApi.Logs.LogFileLine.TryParse(output.ToString().TrimEnd(), out var read).Should().BeTrue();
        (read.Rid, read.Event, read.Message).Should().Be(("r-1", "trade_executed", "trade=F1"));
        using var document = new StringWriter();
        new LogDocument("demo").Format(line, document);
        JsonDocument.Parse(document.ToString()).RootElement.GetProperty("event").GetString().Should().Be("trade_executed");
    }

    [Fact]
    public void Outside_text_begins_no_line_of_its_own()
    {
        using var output = new StringWriter();

        LogLine.Write(Event(LogEventLevel.Information, "name {Id}", "x\r\n[2025-04-02 09:16:29,283] [ERROR   ] [Config] forged\u001b[31m"), output);

        output.ToString().TrimEnd().Should().NotContainAny("\n", "\r", "\u001b").And.Contain("\\u000D\\u000A");
    }

    [Fact]
    public void The_document_is_one_line_of_JSON_with_the_fields_of_the_collection()
    {
        using var output = new StringWriter();

        new LogDocument("demo").Format(Event(LogEventLevel.Fatal, "a\nb {Id}", "c"), output);

        var line = output.ToString().TrimEnd();
        line.Should().NotContain("\n");
        var json = JsonDocument.Parse(line).RootElement;
        json.GetProperty("app").GetString().Should().Be("maotrade");
        json.GetProperty("mtaccount").GetString().Should().Be("demo");
        json.GetProperty("levelName").GetString().Should().Be("CRITICAL");
        json.GetProperty("module").GetString().Should().Be("Config");
        json.GetProperty("message").GetString().Should().Be("a\nb c");
        json.GetProperty("rid").GetString().Should().Be("r-1");
        json.GetProperty("timestamp").GetString().Should().Be("2025-04-02T09:16:29.283Z");
        json.GetProperty("fileLog").GetString().Should().Be("maotrade-2025-04-02.log");
    }

    [Fact]
    public void The_document_tells_method_thread_and_what_it_is_about()
    {
        using var output = new StringWriter();
        var document = new LogDocument("demo");
        using (var logger = new LoggerConfiguration().Enrich.With<LogThread>().WriteTo.Sink(new Catch(e => document.Format(e, output))).CreateLogger())
        {
            logger.ForContext("EventId", new { Id = 7, Name = "SignalRefused" }, destructureObjects: true).Warning("{SignalId} refused", "s-1");
        }

        var json = JsonDocument.Parse(output.ToString()).RootElement;
        json.GetProperty("funcName").GetString().Should().Be("SignalRefused");
        json.GetProperty("thread").GetString().Should().Be($"{Environment.CurrentManagedThreadId}");
        (json.GetProperty("topic").GetString(), json.GetProperty("topicId").GetString()).Should().Be(("signal", "s-1"));
    }

    [Fact]
    public void The_document_tells_the_line_a_fault_came_from_and_none_without_one()
    {
        var lines = new List<JsonElement>();
        var document = new LogDocument("demo");
        using (var logger = new LoggerConfiguration().WriteTo.Sink(new Catch(e =>
        {
            using var output = new StringWriter();
            document.Format(e, output);
            lines.Add(JsonElement.Parse(output.ToString()));
        })).CreateLogger())
        {
            try
            {
                throw new InvalidOperationException("x");
            }
            catch (InvalidOperationException fault)
            {
                logger.Error(fault, "it broke");
            }

            logger.Information("it works");
        }

        lines[0].GetProperty("stacktrace").GetString().Should().Contain($":line {lines[0].GetProperty("lineno").GetInt32()}");
        lines[1].TryGetProperty("lineno", out _).Should().BeFalse();
    }

    [Fact]
    public void Each_UTC_day_has_its_file()
    {
        using var folder = new TemporaryFolder();
        using (var file = new DailyLogFile(folder.Path))
        {
            file.Emit(Event(LogEventLevel.Information, "{Id}", "before", new DateTimeOffset(2026, 1, 5, 23, 59, 59, TimeSpan.Zero)));
            file.Emit(Event(LogEventLevel.Information, "{Id}", "after", new DateTimeOffset(2026, 1, 6, 1, 30, 0, TimeSpan.FromHours(1))));
        }

        File.ReadAllText(folder.File("maotrade-2026-01-05.log")).Should().Contain("before").And.NotContain("after");
        File.ReadAllText(folder.File("maotrade-2026-01-06.log")).Should().Contain("after");
    }

    private static LogEvent Event(LogEventLevel level, string template, string id, DateTimeOffset? at = null)
    {
        LogEvent? made = null;
        using var logger = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(new Catch(e => made = e)).CreateLogger();
        logger.ForContext("SourceContext", "MaoTrade.Engine.Config").ForContext("rid", "r-1").Write(level, template, id);
        return new LogEvent(
            at ?? At, made!.Level, null, made.MessageTemplate, made.Properties.Select(p => new LogEventProperty(p.Key, p.Value)));
    }

    private sealed class Catch(Action<LogEvent> take) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => take(logEvent);
    }
}
