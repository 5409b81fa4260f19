using MaoApi.Engines;

namespace MaoTrade.Tests.Api.Engines;

public sealed class BreakerStateTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Five_outages_in_a_row_open_it()
    {
        var state = Outages(BreakerState.Closed, 4, TimeSpan.Zero);
        state.IsOpen.Should().BeFalse();
        state = state.End(CallVerdict.Outage, false, Second);
        state.IsOpen.Should().BeTrue();
        state.Begin(Second).Allowed.Should().BeFalse();
        state.RetryAfter(Second).Should().Be(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void An_answer_between_outages_starts_the_count_anew()
    {
        var state = Outages(BreakerState.Closed, 4, TimeSpan.Zero).End(CallVerdict.Answered, false, Second);
        Outages(state, 4, Second).IsOpen.Should().BeFalse();
    }

    [Fact]
    public void A_call_that_says_nothing_does_not_start_the_count_anew()
    {
        var state = Outages(BreakerState.Closed, 4, TimeSpan.Zero).End(CallVerdict.Unknown, false, Second);
        Outages(state, 1, Second).IsOpen.Should().BeTrue();
    }

    [Fact]
    public void Outages_further_apart_than_a_minute_do_not_add_up()
    {
        var state = Outages(BreakerState.Closed, 4, TimeSpan.Zero);
        state = state.End(CallVerdict.Outage, false, TimeSpan.FromSeconds(61));
        state.IsOpen.Should().BeFalse();
        Outages(state, 4, TimeSpan.FromSeconds(62)).IsOpen.Should().BeTrue();
    }

    [Fact]
    public void After_a_minute_one_trial_at_a_time_passes()
    {
        var open = Outages(BreakerState.Closed, 5, TimeSpan.Zero);
        open.Begin(TimeSpan.FromSeconds(59.9)).Allowed.Should().BeFalse();

        var (first, trying) = open.Begin(TimeSpan.FromSeconds(60));

        first.Should().BeTrue();
        trying.Begin(TimeSpan.FromSeconds(60)).Allowed.Should().BeFalse();
    }

    [Fact]
    public void Two_answered_trials_close_it()
    {
        var now = TimeSpan.FromSeconds(60);
        var state = Trial(Outages(BreakerState.Closed, 5, TimeSpan.Zero), CallVerdict.Answered, now);
        state.IsOpen.Should().BeTrue();
        Trial(state, CallVerdict.Answered, now).IsOpen.Should().BeFalse();
    }

    [Fact]
    public void A_failed_trial_opens_it_for_another_minute()
    {
        var now = TimeSpan.FromSeconds(60);
        var state = Trial(Trial(Outages(BreakerState.Closed, 5, TimeSpan.Zero), CallVerdict.Answered, now), CallVerdict.Outage, now);
        state.Begin(TimeSpan.FromSeconds(119)).Allowed.Should().BeFalse();
        state.Begin(TimeSpan.FromSeconds(120)).Allowed.Should().BeTrue();
    }

    [Fact]
    public void A_trial_whose_caller_went_away_leaves_room_for_the_next()
    {
        var now = TimeSpan.FromSeconds(60);
        Trial(Outages(BreakerState.Closed, 5, TimeSpan.Zero), CallVerdict.Unknown, now).Begin(now).Allowed.Should().BeTrue();
    }

    [Theory]
    [InlineData(nameof(CallVerdict.Answered))]
    [InlineData(nameof(CallVerdict.Outage))]
    public void A_call_from_before_the_opening_changes_nothing(string verdict)
    {
        var open = Outages(BreakerState.Closed, 5, TimeSpan.Zero);
        open.End(Enum.Parse<CallVerdict>(verdict), false, Second).Should().Be(open);
    }

    private static BreakerState Outages(BreakerState state, int count, TimeSpan now) =>
        Enumerable.Range(0, count).Aggregate(state, (current, _) => current.End(CallVerdict.Outage, false, now));

    private static BreakerState Trial(BreakerState state, CallVerdict verdict, TimeSpan now)
    {
        var (allowed, trying) = state.Begin(now);
        allowed.Should().BeTrue();
        return trying.End(verdict, true, now);
    }
}
