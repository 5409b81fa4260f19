using MaoApi.Auth;

namespace MaoApi.Live;

/// <summary>
/// Looks at every live client each second: heartbeat, silence, a token that has ended, a user who may no longer listen, a
/// goodbye that takes too long. One timer for all of them.
/// </summary>
internal sealed partial class LiveWatch(
    LiveHub hub, LiveIdentity identity, IHostApplicationLifetime application, TimeProvider time, ILogger<LiveWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, long> _readAt = new(StringComparer.Ordinal);
    private long _beatAt = time.GetTimestamp();
    private long _looks;

    /// <summary>How often everybody was looked at.</summary>
    public long Looks => Interlocked.Read(ref _looks);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = application.ApplicationStopping.Register(hub.Stop);
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookGuardedAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private async ValueTask LookGuardedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
        }
#pragma warning disable CA1031 // A database that is away for a moment must not end the watch over everybody.
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Failed(logger, fault);
        }

        Interlocked.Increment(ref _looks);
    }

    private async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        LiveMessage? beat = null;
        if (time.GetElapsedTime(_beatAt) >= LiveLimits.Heartbeat)
        {
            _beatAt = time.GetTimestamp();
            beat = LiveMessage.Notice("heartbeat", null, time.GetUtcNow(), "{}");
        }

        ForgetUsers();
        foreach (var client in hub.Clients)
        {
            if (client.Closing is not null)
            {
                CutOverdue(client);
            }
            else if (await ReasonAsync(client, cancellationToken) is { } reason)
            {
                client.Close(reason);
            }
            else if (beat is not null)
            {
                client.Offer(beat);
            }
        }
    }

    private void CutOverdue(LiveClient client)
    {
        if (time.GetElapsedTime(client.ClosedAt) >= LiveLimits.Farewell)
        {
            client.Abort();
        }
    }

    private async ValueTask<LiveClose?> ReasonAsync(LiveClient client, CancellationToken cancellationToken)
    {
        if (client.Token is not { } token)
        {
            return time.GetElapsedTime(client.OpenedAt) >= LiveLimits.Introduction ? LiveClose.NoToken : null;
        }

        if (client.Speaks && time.GetElapsedTime(client.HeardAt) >= LiveLimits.Silence)
        {
            return LiveClose.Silent;
        }

        if (_readAt.TryAdd(client.UserId!, time.GetTimestamp()))
        {
            identity.Forget(client.UserId!);
        }

        var (caller, refusal) = await identity.FindAsync(token, cancellationToken);
        return caller is null
            ? LiveClose.Of(refusal)
            : MayListen(client, caller) ? null : LiveClose.NotAllowed;
    }

    private static bool MayListen(LiveClient client, Caller caller)
    {
        foreach (var (accountId, member) in client.CopyMembers())
        {
            if (LiveIdentity.Allow(caller, accountId, member.Listens(LiveChannels.Logs), out _) is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Users whose rows are too old to trust are read anew with their next client.</summary>
    private void ForgetUsers()
    {
        foreach (var (userId, _) in _readAt.Where(pair => time.GetElapsedTime(pair.Value) >= LiveLimits.UserAge).ToArray())
        {
            _readAt.Remove(userId);
        }
    }

    [LoggerMessage(3202, LogLevel.Error, "Live clients could not be looked after")]
    private static partial void Failed(ILogger logger, Exception fault);
}
