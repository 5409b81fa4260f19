using System.Text;
using System.Text.Json;
using MaoApi.Hosting;
using MaoApi.Logs;
using MaoTrade.Protocol.Logs;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace MaoTrade.Tests.Api.Logs;

public sealed class GatewayDocumentTests
{
    /// <summary>The fields of the log collection that an event of the gateway can have.</summary>
    private static readonly string[] Fields =
        ["app", "mtaccount", "compname", "module", "funcName", "levelName", "thread", "message", "stacktrace", "timestamp", "localtime", "rid", "event"];

    [Fact]
    public void An_event_is_one_line_of_JSON_with_the_fields_of_the_collection()
    {
        var line = Write((logger, template) => logger.ForContext("SourceContext", "MaoApi.Pods.EnginePod").ForContext("RequestId", "r-1").ForContext("AccountId", "demo1")
            .ForContext("EventId", new { Id = 7, Name = "SignalRefused" }, destructureObjects: true)
            .Error(new InvalidOperationException("why"), template, "a\nb"));

        line.Should().EndWith("\n").And.NotMatchRegex("\n.");
        var json = JsonDocument.Parse(line).RootElement;
        json.EnumerateObject().Select(member => member.Name).Should().BeEquivalentTo(Fields);
        json.GetProperty("app").GetString().Should().Be("maoapi");
        json.GetProperty("mtaccount").GetString().Should().Be("demo1");
        json.GetProperty("module").GetString().Should().Be("EnginePod");
        json.GetProperty("funcName").GetString().Should().Be("SignalRefused");
        json.GetProperty("levelName").GetString().Should().Be("ERROR");
        json.GetProperty("message").GetString().Should().Be("said a\nb");
        json.GetProperty("stacktrace").GetString().Should().StartWith("System.InvalidOperationException: why");
        json.GetProperty("rid").GetString().Should().Be("r-1");
        json.GetProperty("timestamp").GetString().Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", "it is what the collector reads");
    }

    [Fact]
    public void A_line_of_any_length_is_cut_to_what_Docker_takes_as_one()
    {
        foreach (var text in new[] { "x", "€", "\"", "\u0001", "\ud83d" })
        {
            var line = Write((logger, template) => logger.Error(
                new InvalidOperationException(string.Concat(Enumerable.Repeat(text, 100_000))), template, string.Concat(Enumerable.Repeat(text, 1_000_000))));

            Encoding.UTF8.GetByteCount(line).Should().BeInRange(12_000, LineRoom.MaxLineBytes);
            JsonDocument.Parse(line).RootElement.GetProperty("message").GetString().Should().StartWith("said ").And.EndWith("…");
        }
    }

    [Theory]
    [InlineData("loud", "FLUENTD_LOG_LEVEL: 'loud' is none of debug, info, warning, error, critical")]
    [InlineData("", null)]
    [InlineData("Error", null)]
    public void A_level_that_is_none_is_told(string level, string? fault)
    {
        var settings = new SettingsReader(name => name == "FLUENTD_LOG_LEVEL" ? level : null);

        var options = LogOptions.Read(settings);

        settings.Errors.SingleOrDefault().Should().Be(fault);
        options.CollectedLevel.Should().Be(level == "Error" ? LogEventLevel.Error : LogEventLevel.Information);
        options.IsCollected.Should().BeFalse();
    }

    private static string Write(Action<Serilog.ILogger, string> log)
    {
        using var output = new StringWriter();
        var document = new GatewayDocument("maoapi");
        using var logger = new LoggerConfiguration().Enrich.With<LogThread>().WriteTo.Sink(new Written(document, output)).CreateLogger();
        log(logger, "said {Text}");
        return output.ToString();
    }

    private sealed class Written(GatewayDocument document, TextWriter output) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => document.Format(logEvent, output);
    }
}
