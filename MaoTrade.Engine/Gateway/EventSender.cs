using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;

namespace MaoTrade.Engine.Gateway;

/// <summary>
/// Brings events to the gateway, oldest first, and has the trade loop take away what the gateway has. An event leaves its table only when
/// the gateway has taken it or says that it never will; told twice, for want of an answer or of the time to take it away, it is the same
/// event.
/// </summary>
internal sealed partial class EventSender(
    GatewayClient client, EngineStores stores, TradeInbox inbox, TimeProvider time, ILogger<EventSender> logger) : GatewaySender(stores, time)
{
    private const int MostTogether = 100;

    /// <summary>Events the gateway has and whose rows are still there, by id.</summary>
    private readonly HashSet<string> _taken = [];

    protected override async Task SendAsync(CancellationToken cancellationToken)
    {
        var waiting = Waiting(store => store.WaitingEvents(MostTogether));
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
        }
        finally
        {
            long[] taken = [.. waiting.Where(stored => _taken.Contains(stored.EventId)).Select(stored => stored.Number)];
            if (taken.Length > 0)
            {
                await inbox.PostAsync(new EventsTakenInput(taken), cancellationToken);
            }
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

    [LoggerMessage(2820, LogLevel.Warning, "Events wait for the gateway: {Reason}")]
    protected override partial void Unheard(string reason);

    [LoggerMessage(2821, LogLevel.Error, "The gateway refuses {What} {EventId}: {Reason}")]
    private partial void Refused(string what, string eventId, string reason);
}
