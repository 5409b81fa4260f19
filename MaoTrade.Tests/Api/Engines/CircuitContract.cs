using MaoApi.Engines;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Engines;

/// <summary>The rules of circuits, wherever they are kept. <see cref="One"/> and <see cref="Other"/> are the same circuit, as two gateways see it.</summary>
public abstract class CircuitContract
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    private protected abstract ICircuit One { get; }

    private protected abstract ICircuit Other { get; }

    [ContractFact]
    public async Task Five_outages_in_a_row_open_it_whoever_saw_them()
    {
        await EndAsync(CallVerdict.Outage, One, Other, One, Other);
        (await Other.BeginAsync()).Allowed.Should().BeTrue();

        await EndAsync(CallVerdict.Outage, One);

        (await One.BeginAsync()).Allowed.Should().BeFalse();
        (await Other.BeginAsync()).Allowed.Should().BeFalse();
        (One.State, Other.State).Should().Be((1, 1));
        Other.RetryAfter.Should().BeGreaterThan(TimeSpan.Zero).And.BeLessThanOrEqualTo(Minute);
    }

    [ContractFact]
    public async Task An_answer_between_outages_starts_the_count_anew_a_call_that_says_nothing_does_not()
    {
        await EndAsync(CallVerdict.Outage, One, One, One, One);
        await EndAsync(CallVerdict.Answered, Other);
        await EndAsync(CallVerdict.Outage, One, One, One, One);
        await EndAsync(CallVerdict.Unknown, Other);
        (await One.BeginAsync()).Allowed.Should().BeTrue();

        await EndAsync(CallVerdict.Outage, One);

        (await One.BeginAsync()).Allowed.Should().BeFalse();
    }

    [ContractFact]
    public async Task Outages_further_apart_than_a_minute_do_not_add_up()
    {
        await EndAsync(CallVerdict.Outage, One, One, One, One);
        await PassAsync(Minute + TimeSpan.FromSeconds(1));
        await EndAsync(CallVerdict.Outage, One, Other, One, One);

        (await One.BeginAsync()).Allowed.Should().BeTrue();
    }

    [ContractFact]
    public async Task After_a_minute_one_trial_at_a_time_passes_and_two_that_are_answered_close_it()
    {
        await OpenAsync();
        await PassAsync(Minute);

        var first = await One.BeginAsync();
        (await Other.BeginAsync()).Allowed.Should().BeFalse();
        await One.EndAsync(first, CallVerdict.Answered);
        One.State.Should().Be(2);
        var second = await Other.BeginAsync();
        (await One.BeginAsync()).Allowed.Should().BeFalse();
        await Other.EndAsync(second, CallVerdict.Answered);

        (first.Allowed, second.Allowed).Should().Be((true, true));
        (await One.BeginAsync()).Should().BeEquivalentTo(new { Allowed = true, Trial = 0 });
        One.State.Should().Be(0);
    }

    [ContractFact]
    public async Task A_failed_trial_opens_it_for_another_minute()
    {
        await OpenAsync();
        await PassAsync(Minute);
        await One.EndAsync(await One.BeginAsync(), CallVerdict.Answered);
        await One.EndAsync(await One.BeginAsync(), CallVerdict.Outage);

        await PassAsync(TimeSpan.FromSeconds(1));
        (await Other.BeginAsync()).Allowed.Should().BeFalse();
        await PassAsync(Minute);
        (await Other.BeginAsync()).Allowed.Should().BeTrue();
    }

    [ContractFact]
    public async Task A_trial_whose_caller_went_away_leaves_room_for_the_next()
    {
        await OpenAsync();
        await PassAsync(Minute);
        await One.EndAsync(await One.BeginAsync(), CallVerdict.Unknown);

        (await Other.BeginAsync()).Allowed.Should().BeTrue();
    }

    [ContractFact]
    public async Task A_call_from_before_the_opening_changes_nothing()
    {
        var before = await Other.BeginAsync();
        await OpenAsync();
        await Other.EndAsync(before, CallVerdict.Answered);
        (await One.BeginAsync()).Allowed.Should().BeFalse();
        await PassAsync(Minute);
        await Other.EndAsync(before, CallVerdict.Outage);

        (await One.BeginAsync()).Allowed.Should().BeTrue();
    }

    /// <summary>Lets time pass for the circuit.</summary>
    private protected abstract Task PassAsync(TimeSpan time);

    private protected Task OpenAsync() => EndAsync(CallVerdict.Outage, One, One, One, One, One);

    private static async Task EndAsync(CallVerdict verdict, params ICircuit[] circuits)
    {
        foreach (var circuit in circuits)
        {
            await circuit.EndAsync(await circuit.BeginAsync(), verdict);
        }
    }
}
