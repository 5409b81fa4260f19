using MaoApi.Http;
using Polly;

namespace MaoApi.Engines;

/// <summary>The circuit inside the pipeline of one engine.</summary>
internal sealed class BreakerStrategy(ICircuit circuit) : ResilienceStrategy<EngineReply>
{
    protected override async ValueTask<Outcome<EngineReply>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<EngineReply>>> callback, ResilienceContext context, TState state)
    {
        var pass = await circuit.BeginAsync();
        if (!pass.Allowed)
        {
            return Outcome.FromResult(EngineReply.Refused(ApiCodes.CircuitOpen));
        }

        var verdict = CallVerdict.Unknown;
        try
        {
            var outcome = await callback(context, state);
            verdict = Judge(outcome);
            return outcome;
        }
        finally
        {
            await circuit.EndAsync(pass, verdict);
        }
    }

    private static CallVerdict Judge(Outcome<EngineReply> outcome) => outcome switch
    {
        { Exception: not null } => CallVerdict.Unknown,
        { Result.Refusal: null } => CallVerdict.Answered,
        { Result.Refusal.IsOutage: true } => CallVerdict.Outage,
        { Result.Refusal.EngineCode: not null } => CallVerdict.Answered,
        _ => CallVerdict.Unknown,
    };
}
