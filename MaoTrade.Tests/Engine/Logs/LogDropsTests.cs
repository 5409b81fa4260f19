using MaoTrade.Engine.Logs;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace MaoTrade.Tests.Engine.Logs;

public sealed class LogDropsTests
{
    [Fact]
    public void A_sink_that_stands_still_holds_nobody_up_and_what_it_misses_is_counted()
    {
        var drops = new LogDrops();
        long dropped;
        using var gate = new ManualResetEventSlim();
        using (var logger = new LoggerConfiguration().WriteTo.Async(sink => sink.Sink(new Stuck(gate)), drops, 10).CreateLogger())
        {
            for (var i = 0; i < 100; i++)
            {
                logger.Information("line");
            }

            dropped = drops.Count;
            gate.Set();
        }

        dropped.Should().BeInRange(89, 90, "ten wait, and one is being written perhaps");
        drops.Count.Should().Be(dropped, "what was dropped stays counted");
    }

    private sealed class Stuck(ManualResetEventSlim gate) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => gate.Wait(TimeSpan.FromMinutes(1));
    }
}
