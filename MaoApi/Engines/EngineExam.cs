using System.Text.Json;
using MaoApi.Auth;

namespace MaoApi.Engines;

/// <summary>Asks engines where they stand, the way requests go. Thread-safe.</summary>
internal sealed class EngineExam(EngineGateway engines, TimeProvider time)
{
    /// <summary>Shorter than a monitor waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whatever the engine does, the answer is a condition.</summary>
    public async Task<EngineCondition> AskAsync(string accountId, string opMode, string requestId, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var account = AuthorizedAccount.OfSupervisor(accountId);
        var started = time.GetTimestamp();
        try
        {
            await using var state = await engines.SendAsync(account, EngineCalls.AccountState(), requestId, either.Token);
            var ms = (long)time.GetElapsedTime(started).TotalMilliseconds;
            await using var portfolio = await engines.SendAsync(account, EngineCalls.Portfolio(), requestId, either.Token);
            return state.Refusal is null && portfolio.Refusal is null
                ? Read(accountId, opMode, ms, state.Data.Span, portfolio.Data.Span)
                : Silent(state.Refusal is null ? portfolio.Message : state.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Silent($"no answer within {Patience.TotalSeconds} s");
        }
        catch (JsonException)
        {
            return Silent("what it says is not understood");
        }

        EngineCondition Silent(string why) => new(accountId, opMode, Answers: false, why, (long)time.GetElapsedTime(started).TotalMilliseconds);
    }

    private static EngineCondition Read(string accountId, string opMode, long ms, ReadOnlySpan<byte> state, ReadOnlySpan<byte> portfolio)
    {
        var said = JsonSerializer.Deserialize<StateData>(state, JsonSerializerOptions.Web)!;
        var holds = JsonSerializer.Deserialize<PortfolioData>(portfolio, JsonSerializerOptions.Web)!;
        return new EngineCondition(
            accountId, opMode, Answers: true, "", ms, said.State, holds.Stale, said.BrokerConnected, holds.Account?.FeedAvailable, said.LastFrameAt, said.UnknownOrders);
    }

    /// <summary>Data of the engine's service 5, as far as it is looked at.</summary>
    private sealed record StateData(string? State, bool BrokerConnected, DateTimeOffset? LastFrameAt, int UnknownOrders);

    /// <summary>The portfolio, as far as it is looked at; a classic engine lacks some of it.</summary>
    private sealed record PortfolioData(bool? Stale, AccountData? Account);

    private sealed record AccountData(bool? FeedAvailable);
}
