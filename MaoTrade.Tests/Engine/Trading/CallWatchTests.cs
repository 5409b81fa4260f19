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

    [Fact]
    public void A_call_that_ends_while_the_watcher_decides_is_not_taken_away()
    {
        CallWatch? watch = null;
        var clock = new InterruptedClock { Interrupt = () => { } };
        watch = new CallWatch(clock, Deadline);
        watch.Begin("S1", "Quick");
        watch.Look();
        clock.Pass(Deadline);
        clock.Interrupt = watch.End;

        watch.Look().Should().BeNull("the call ended between the look and the exchange");

        watch.Begin("S1", "Quick");
        var end = watch.End;
        end.Should().NotThrow();
    }

    [Fact]
    public void An_end_in_the_very_moment_of_taking_away_is_one_or_the_other()
    {
        const int Rounds = 200_000;
        var clock = new FakeClock();
        var watches = new CallWatch[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            watches[i] = new CallWatch(clock, TimeSpan.Zero);
            watches[i].Begin("S1", "Racing");
            watches[i].Look();
        }

        var ended = new bool[Rounds];
        var taken = new bool[Rounds];
        var meeting = new Meeting();
        var loop = new Thread(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                meeting.Arrive(0, i + 1);
                Thread.SpinWait(i % 24); // now before, now after and sometimes in the midst of the look
                ended[i] = Ends(watches[i]);
            }
        });
        loop.Start();
        for (var i = 0; i < Rounds; i++)
        {
            meeting.Arrive(1, i + 1);
            taken[i] = watches[i].Look() is not null;
        }

        loop.Join();
        Enumerable.Range(0, Rounds).Count(i => ended[i] == taken[i]).Should().Be(0);
        taken.Should().Contain(true).And.Contain(false, "both had their chances");
    }

    private static bool Ends(CallWatch watch)
    {
        try
        {
            watch.End();
            return true;
        }
        catch (CallTakenAwayException)
        {
            return false;
        }
    }

    private StuckCall? Look() => _watch.Look();

    /// <summary>Two threads that set out at the same moment, round by round.</summary>
    private sealed class Meeting
    {
        /// <summary>A cache line for each.</summary>
        private readonly int[] _rounds = new int[64];

        public void Arrive(int who, int round)
        {
            Volatile.Write(ref _rounds[who * 32], round);
            var spin = new SpinWait();
            while (Volatile.Read(ref _rounds[(1 - who) * 32]) < round)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    /// <summary>A clock that lets something happen whenever it is read: in the midst of a decision.</summary>
    private sealed class InterruptedClock : TimeProvider
    {
        private long _ticks;

        public Action Interrupt { get; set; } = () => { };

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            var interrupt = Interrupt;
            Interrupt = () => { };
            interrupt();
            return _ticks;
        }

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}
