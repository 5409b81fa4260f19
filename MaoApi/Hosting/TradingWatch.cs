using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Pods;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Hosting;

/// <summary>Waits until engines trade: their health says ready and they have processed a frame.</summary>
internal sealed class TradingWatch(IDbContextFactory<MaoHomeContext> contexts, EngineProbe probe, TimeProvider time)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits for all that are meant to run. Returns the accounts that do not trade when the time is over.</summary>
    public async Task<IReadOnlyList<string>> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var accounts = await context.Pods.AsNoTracking()
            .Where(pod => pod.Account!.IsActive && pod.WantedState == PodStates.Running)
            .Select(pod => pod.Account!.AccountId).ToListAsync(cancellationToken);
        var trading = await Task.WhenAll(accounts.Select(accountId => TradesAsync(accountId, http, either.Token)));
        cancellationToken.ThrowIfCancellationRequested();
        return [.. accounts.Where((_, index) => !trading[index])];
    }

    private async Task<bool> TradesAsync(string accountId, HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var engine = await FindAsync(accountId, cancellationToken);
                if (engine is { State: PodStates.Error } || (engine.State == PodStates.Stopped && engine.HasEnded))
                {
                    return false;
                }

                if (engine is { State: PodStates.Running, Host: { } host, Port: { } port, HealthPort: { } healthPort } && await IsHealthyAsync(http, host, healthPort, cancellationToken))
                {
                    await probe.WaitAsync(accountId, host, port, state => state.LastFrameAt is not null, cancellationToken);
                    return true;
                }

                await Task.Delay(LookInterval, time, cancellationToken);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or PodDriverException)
        {
            return false;
        }
    }

    private static async Task<bool> IsHealthyAsync(HttpClient http, string host, int port, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new UriBuilder(Uri.UriSchemeHttp, host, port, "/health/ready").Uri, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<EngineLocation> FindAsync(string accountId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Accounts.AsNoTracking().Include(account => account.Pod)
            .SingleAsync(account => account.AccountId == accountId, cancellationToken);
        return new EngineLocation(
            row.Pod!.State, row.Pod.ExitCode is not null, row.EngineHost, row.EnginePort, PodConfig.Parse(row.Pod.Config).HealthPort);
    }

    private sealed record EngineLocation(string State, bool HasEnded, string? Host, int? Port, int? HealthPort);
}
