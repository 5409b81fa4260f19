using MaoTrade.Engine.Trading;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Trading;

public sealed class CallWatchTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);
    private readonly FakeClock _clock = new();
    private readonly CallWatch _watch;

    public CallWatchTests() => _watch = new CallWatch(_clock, Deadline);

    [Fact]
    public void A_call_past_its_deadline_is_taken_away_once_and_finds_out()
    {
        _watch.Begin("S1", "Slow");
        Look().Should().BeNull("it was seen for the first time");
        _clock.Advance(Deadline - TimeSpan.FromMilliseconds(1));
        Look().Should().BeNull("it has a millisecond left");
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Look().Should().Be(new StuckCall("S1", "Slow", Deadline)).And.Match<StuckCall>(c => c.Reason == "Slow did not answer within 1000 ms");
        Look().Should().BeNull("it is taken away only once");
        var end = _watch.End;
        end.Should().Throw<CallTakenAwayException>();
    }

    [Fact]
    public void Many_short_calls_are_none_that_lasts()
    {
        for (var i = 0; i < 100; i++)
        {
            _watch.Begin("S1", "Quick");
            Look().Should().BeNull();
            _clock.Advance(TimeSpan.FromMilliseconds(900));
            _watch.End();
            _clock.Advance(TimeSpan.FromMilliseconds(900));
        }

        Look().Should().BeNull();
        _clock.Advance(TimeSpan.FromHours(1));
        Look().Should().BeNull("nothing runs");
    }

    [Fact]
    public void Of_an_end_and_a_look_at_the_same_time_exactly_one_wins()
    {
        var both = 0;
        for (var round = 0; round < 2_000; round++)
        {
            var watch = new CallWatch(_clock, TimeSpan.Zero);
            watch.Begin("S1", "Racing");
            watch.Look();
            var ended = false;
            StuckCall? taken = null;
            Parallel.Invoke(
                () =>
                {
                    try
                    {
                        watch.End();
                        ended = true;
                    }
                    catch (CallTakenAwayException)
                    {
                    }
                },
                () => taken = watch.Look());
            both += ended == (taken is not null) ? 1 : 0;
        }

        both.Should().Be(0);
    }

    private StuckCall? Look() => _watch.Look();
}
