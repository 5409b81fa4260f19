using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Gateway;

/// <summary>
/// Brings what is committed to the gateway, oldest first, and has the trade loop take away what the gateway has. The loop never waits for
/// this one. An event leaves its table only when the gateway has taken it or says that it never will; told twice, for want of an answer or
/// of the time to take it away, it is the same event.
/// </summary>
internal sealed partial class EventSender(
    GatewayClient client, EngineStores stores, TradeInbox inbox, TimeProvider time, ILogger<EventSender> logger) : BackgroundService
{
    private const int MostTogether = 100;
    private const int MostDoublings = 6;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Events the gateway has and whose rows are still there, by id.</summary>
    private readonly HashSet<string> _taken = [];

    private int _failures;
    private long _lastFailure;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (_failures == 0 || time.GetElapsedTime(_lastFailure) >= Period * Math.Pow(2, Math.Min(_failures, MostDoublings)))
            {
                await RoundAsync(stoppingToken);
            }
        }
    }

    /// <summary>One look at what waits.</summary>
    internal async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (Waiting() is not { Count: > 0 } waiting)
        {
            _taken.Clear();
            return;
        }

        _taken.IntersectWith(waiting.Select(stored => stored.EventId));
        try
        {
            foreach (var stored in waiting.Where(stored => stored.Event.Type == EventTypes.Summary && !_taken.Contains(stored.EventId)))
            {
                if (!await client.SummarizeAsync(stored.Event.Message, cancellationToken))
                {
                    Refused(stored.Event.Type, stored.EventId, "it cannot be read");
                }

                _taken.Add(stored.EventId);
            }

            await TellAsync([.. waiting.Where(stored => stored.Event.Type != EventTypes.Summary && !_taken.Contains(stored.EventId))], cancellationToken);
            _failures = 0;
        }
        catch (GatewayException fault)
        {
            _failures++;
            _lastFailure = time.GetTimestamp();
            Unheard(waiting.Count, fault.Message);
        }

        long[] taken = [.. waiting.Where(stored => _taken.Contains(stored.EventId)).Select(stored => stored.Number)];
        if (taken.Length > 0)
        {
            await inbox.PostAsync(new EventsTakenInput(taken), cancellationToken);
        }
    }

    private async Task TellAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        var answer = await client.TellAsync(new EventBatch([.. events.Select(EventMessage.Of)]), cancellationToken);
        foreach (var refused in (answer.Results ?? []).Where(result => result.Code != 0))
        {
            Refused("event", refused.EventId, refused.Message);
        }

        _taken.UnionWith(events.Select(stored => stored.EventId));
    }

    private IReadOnlyList<StoredEvent>? Waiting()
    {
        try
        {
            return stores.Current?.WaitingEvents(MostTogether);
        }
        catch (Exception fault) when (fault is SqliteException or ObjectDisposedException or InvalidOperationException)
        {
            // The session ends or its store is lost: the next one has the same rows.
            return null;
        }
    }

    [LoggerMessage(2820, LogLevel.Warning, "{Count} events wait for the gateway: {Reason}")]
    private partial void Unheard(int count, string reason);

    [LoggerMessage(2821, LogLevel.Error, "The gateway refuses {What} {EventId}: {Reason}")]
    private partial void Refused(string what, string eventId, string reason);
}
