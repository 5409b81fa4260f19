using System.Text;
using MaoApi.Logs;
using MaoTrade.Engine.Logs;
using MaoTrade.Tests.Support;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace MaoTrade.Tests.Api.Logs;

/// <summary>What an engine in a container wrote to its output becomes events of the central log.</summary>
public sealed class OutputLogLinesTests
{
    private readonly FakeClock _clock = new();
    private readonly LogFileReader _reader;

    public OutputLogLinesTests() => _reader = new LogFileReader(new OutputLogLines("demo1", "host1", _clock));

    [Fact]
    public void A_document_is_an_event_with_all_its_fields()
    {
        var records = Read(Document(logger => logger.ForContext("SourceContext", "MaoTrade.Engine.Feed").ForContext("rid", "r-1")
            .ForContext("EventId", new { Id = 7, Name = "Refused" }, destructureObjects: true)
            .Error(new InvalidOperationException("why"), "{SignalId} refused", "s-1")));

        var record = records.Should().ContainSingle().Subject;
        (record.App, record.Account, record.Module, record.FuncName, record.Event, record.LevelName, record.Message, record.Rid)
            .Should().Be(("maotrade", "demo1", "Feed", "Refused", "Refused", "ERROR", "s-1 refused", "r-1"));
        (record.Topic, record.TopicId, record.Id).Should().Be(("signal", "s-1", ""));
        record.StackTrace.Should().StartWith("System.InvalidOperationException: why");
        record.FileLog.Should().MatchRegex(@"^maotrade-\d{4}-\d\d-\d\d\.log$");
    }

    [Fact]
    public void The_end_of_a_crash_is_an_event_of_its_own()
    {
        var records = Read(Document(logger => logger.Information("last words")) + "Unhandled exception. System.Exception: x\n   at A.B() in /src/A.cs:line 7\n"
            + Document(logger => logger.Information("first words")));

        records.Select(record => (record.LevelName, record.Message, record.StackTrace, record.LineNumber)).Should().Equal(
            ("INFO", "last words", null, null),
            ("ERROR", "Unhandled exception. System.Exception: x", "   at A.B() in /src/A.cs:line 7", 7),
            ("INFO", "first words", null, null));
        records[1].Timestamp.Should().Be(_clock.GetUtcNow());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"app\":\"maotrade\",\"levelName\":\"INFO\",\"message\":null,\"timestamp\":\"2026-01-05T08:00:00.000Z\"}")]
    [InlineData("{\"app\":\"maotrade\",\"levelName\":\"INFO\",\"message\":\"x\",\"timestamp\":\"yesterday\"}")]
    [InlineData("{\"app\":\"maotrade\",\"levelName\":\"INFO\",\"message\":\"x\",\"lineno\":\"many\",\"timestamp\":\"2026-01-05T08:00:00.000Z\"}")]
    [InlineData("[1]")]
    public void What_is_no_document_of_ours_is_kept_as_it_is(string line) =>
        Read(line + "\n").Should().ContainSingle().Which.Message.Should().Be(line);

    [Fact]
    public void Nobody_writes_events_of_another_account_or_program() =>
        Read("{\"id\":\"9\",\"app\":\"maoapi\",\"mtaccount\":\"other\",\"levelName\":\"INFO\",\"message\":\"x\",\"timestamp\":\"2026-01-05T08:00:00.000Z\"}\n")
            .Should().ContainSingle().Which.Should().Match<LogRecord>(record => record.App == "maotrade" && record.Account == "demo1" && record.Id == "");

    private static string Document(Action<Logger> write)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var document = new LogDocument("demo1");
        using (var logger = new LoggerConfiguration().WriteTo.Sink(new Catch(logEvent => document.Format(logEvent, output))).CreateLogger())
        {
            write(logger);
        }

        return output.ToString();
    }

    private IReadOnlyList<LogRecord> Read(string text) => _reader.Read(Encoding.UTF8.GetBytes(text), new LogPosition("f", 0, false), isQuiet: true).Records;

    private sealed class Catch(Action<LogEvent> take) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => take(logEvent);
    }
}
