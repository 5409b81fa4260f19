using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>Every attempt to change something at the broker has an answer, whatever the broker does.</summary>
public sealed class BrokerGatewayTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly SendEffect Send = new(
        "01", 1, new OrderTicket("R1", "EURUSD", OrderAction.OpenPosition, OrderOpType.Buy, OrderType.Market, 1m, null, null, null));

    [Fact]
    public async Task Silence_until_the_deadline_means_that_nobody_knows()
    {
        var never = new TaskCompletionSource<OrderAnswer>();
        var clock = new FakeClock();

        var answer = await AnswerAsync(new ScriptedBroker { Submitting = () => never.Task }, clock, waits: true);

        answer.Answer.Kind.Should().Be(OrderAnswerKind.Unknown, "also an account manager that does not heed its token ends by the deadline");
        answer.Should().Match<AnswerInput>(a => a.OrderId == "01" && a.Attempt == 1);
    }

    [Fact]
    public async Task A_fault_of_the_account_manager_means_that_nobody_knows()
    {
        var answer = await AnswerAsync(
            new ScriptedBroker { Submitting = () => throw new InvalidDataException("<html>504 Gateway Time-out</html>") }, new FakeClock());

        answer.Answer.Should().Match<OrderAnswer>(a => a.Kind == OrderAnswerKind.Unknown && a.Message.Contains("504"));
    }

    [Fact]
    public async Task An_engine_that_may_have_lost_the_account_sends_nothing()
    {
        var broker = new ScriptedBroker { Answer = new OrderAnswer(OrderAnswerKind.Accepted, "D1", 0, "") };

        var answer = await AnswerAsync(broker, new FakeClock(), mayTrade: false);

        answer.Answer.Kind.Should().Be(OrderAnswerKind.NotSent);
        broker.Submitted.Count.Should().Be(0);
    }

    [Fact]
    public async Task A_thousand_orders_are_asked_about_well_within_a_second()
    {
        await using var broker = new ScriptedBroker { LookUp = _ => new LookUpAnswer(LookUpKind.Open, "D1", 0, "") };
        var inbox = new TradeInbox();
        using var stop = new CancellationTokenSource();
        var gateway = new BrokerGateway(broker, inbox, () => true, TimeProvider.System, NullLogger<BrokerGateway>.Instance);
        var running = gateway.RunAsync(stop.Token);
        var began = TimeProvider.System.GetTimestamp();

        gateway.TryPost(new SurveyEffect([.. Enumerable.Range(0, 1_000).Select(i => $"R{i}")], null, TimeSpan.Zero));
        var survey = await NextAsync<SurveyInput>(inbox);

        survey.Survey!.LookUps.Should().HaveCount(1_000);
        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private static async Task<AnswerInput> AnswerAsync(ScriptedBroker broker, FakeClock clock, bool mayTrade = true, bool waits = false)
    {
        var inbox = new TradeInbox();
        using var stop = new CancellationTokenSource();
        var gateway = new BrokerGateway(broker, inbox, () => mayTrade, clock, NullLogger<BrokerGateway>.Instance);
        var running = gateway.RunAsync(stop.Token);
        gateway.TryPost(Send).Should().BeTrue();
        if (waits)
        {
            await broker.Submitted.ReadAsync().AsTask().WaitAsync(Deadline);
            await Until.TrueAsync("the deadline is set", Deadline, () => Task.FromResult(clock.PendingTimers > 0));
            clock.Advance(TimeSpan.FromSeconds(15));
        }

        var answer = await NextAsync<AnswerInput>(inbox);
        await stop.CancelAsync();
        await running.WaitAsync(Deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return answer;
    }

    private static async Task<T> NextAsync<T>(TradeInbox inbox)
        where T : TradeInput
    {
        while (await inbox.Reader.ReadAsync().AsTask().WaitAsync(Deadline) is var input)
        {
            if (input is T wanted)
            {
                return wanted;
            }
        }

        throw new InvalidOperationException("the inbox ended");
    }
}
