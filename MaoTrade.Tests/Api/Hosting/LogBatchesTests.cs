using MaoApi.Hosting;
using MaoTrade.Tests.Support;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace MaoTrade.Tests.Api.Hosting;

public sealed class LogBatchesTests
{
    private readonly FakeClock _clock = new();
    private readonly List<string> _written = [];

    [Fact]
    public void Lines_are_written_together_a_moment_later()
    {
        using var log = Log(mostWaiting: 10);
        log.Information("one");
        log.Information("two");
        _written.Should().BeEmpty();

        _clock.Advance(TimeSpan.FromMilliseconds(100));

        _written.Should().Equal("one", "two");
    }

    [Fact]
    public void What_waits_is_written_at_the_end()
    {
        var log = Log(mostWaiting: 10);
        log.Information("last words");

        log.Dispose();

        _written.Should().Equal("last words");
    }

    [Fact]
    public void Lines_that_do_not_fit_are_dropped_and_counted()
    {
        using var log = Log(mostWaiting: 2);
        for (var i = 0; i < 5; i++)
        {
            log.Information("line");
        }

        _clock.Advance(TimeSpan.FromMilliseconds(100));
        log.Information("room again");
        _clock.Advance(TimeSpan.FromMilliseconds(100));

        _written.Should().HaveCount(4).And.EndWith("room again");
        _written[2].Should().StartWith("3 lines");
    }

    private Logger Log(int mostWaiting)
    {
        var target = new LoggerConfiguration().WriteTo.Sink(new Collector(_written)).CreateLogger();
        return new LoggerConfiguration().WriteTo.Sink(new LogBatches(target, mostWaiting, _clock)).CreateLogger();
    }

    private sealed class Collector(List<string> lines) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => lines.Add(logEvent.RenderMessage());
    }
}
