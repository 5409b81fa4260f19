using MaoTrade.Engine.Orders;

namespace MaoTrade.Tests.History;

public sealed class HistoryCheckerTests
{
    private static readonly ObservedOrder Filled = new(OrderExecState.Filled, 2m, [2m]);
    private static readonly ObservedOrder Refused = new(OrderExecState.Error, 0m, []);

    [Theory]
    [InlineData(CallOutcome.Done)]
    [InlineData(CallOutcome.Unknown)]
    public void An_order_done_or_unknown_may_be_filled_once(CallOutcome outcome) =>
        Check([Call(outcome)], Filled).Should().BeEmpty();

    [Theory]
    [InlineData(CallOutcome.Failed)]
    [InlineData(CallOutcome.Unknown)]
    public void An_order_failed_or_unknown_may_not_be_there(CallOutcome outcome) => Check([Call(outcome)], null).Should().BeEmpty();

    [Fact]
    public void A_repetition_after_an_unknown_call_may_be_answered_as_done() =>
        Check([Call(CallOutcome.Unknown), Call(CallOutcome.Done)], Filled).Should().BeEmpty();

    [Fact]
    public void A_refusal_by_the_broker_leaves_an_order_without_effect() => Check([Call(CallOutcome.Done)], Refused).Should().BeEmpty();

    [Fact]
    public void A_blind_resend_shows_as_doubled() =>
        Check([Call(CallOutcome.Done)], Filled with { Effects = [2m, 2m] }).Should().Contain(f => f.Contains("doubled"));

    [Fact]
    public void A_rejection_by_time_out_shows_as_an_end_without_proof() =>
        Check([Call(CallOutcome.Done)], Refused with { Effects = [2m] }).Should().ContainSingle(f => f.Contains("no end without proof"));

    [Fact]
    public void An_order_sent_before_it_was_saved_shows_as_lost() =>
        Check([Call(CallOutcome.Done)], null).Should().ContainSingle(f => f.Contains("lost"));

    [Fact]
    public void An_effect_of_a_failed_call_shows() => Check([Call(CallOutcome.Failed)], Filled).Should().ContainSingle(f => f.Contains("told it failed"));

    [Fact]
    public void A_fill_nobody_asked_for_shows() => Check([], Filled).Should().ContainSingle(f => f.Contains("nobody asked"));

    [Theory]
    [InlineData(OrderExecState.Unknown)]
    [InlineData(OrderExecState.Submitted)]
    [InlineData(OrderExecState.JustCreated)]
    public void An_unknown_order_that_stays_so_shows_as_forgotten(OrderExecState state) =>
        Check([Call(CallOutcome.Done)], new ObservedOrder(state, 0m, [])).Should().ContainSingle(f => f.Contains("forgotten"));

    [Fact]
    public void A_fill_larger_than_the_order_shows() =>
        Check([Call(CallOutcome.Done)], Filled with { Effects = [3m] }).Should().Contain(f => f.Contains("3 filled of 2"));

    private static ClientCall Call(CallOutcome outcome) => new("c1", 2m, outcome);

    private static IReadOnlyList<string> Check(ClientCall[] calls, ObservedOrder? order) =>
        HistoryChecker.Check(calls, order is null ? [] : new Dictionary<string, ObservedOrder> { ["c1"] = order });
}
