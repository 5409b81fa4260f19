using System.Globalization;
using System.Text.Json;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Datastore;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server.Services;

/// <summary>
/// Service 3: the trading systems, and what the one of a signal keeps. Reads go to the snapshot and the store beside the
/// trade loop; writing a key goes through the inbox and is answered when it is committed.
/// </summary>
public sealed class SystemService(TradeInbox inbox, SnapshotBoard board, EngineStores stores, SystemCatalogs catalogs) : IService
{
    private const int DefaultLimit = 100;
    private const int MostLimit = 1_000;

    private static readonly ServiceReply NotReady = ServiceReply.Failure(ReplyCode.NotReady, "the engine is starting, or its store does not answer");

    public int Number => 3;

    public ValueTask<ServiceReply> HandleAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        if (!CommandReading.TryRead(request.Data.Span, SystemServiceJson.Default.SystemRequest, out var wanted, out var fault))
        {
            return new(fault);
        }

        return wanted.Op switch
        {
            "list" => new(ServiceReply.Ok(SystemReplies.List(catalogs.Current.Descriptions))),
            "state" => new(OfSignal(wanted, State)),
            "chart" => new(OfSignal(wanted, (data, signal, _) => ServiceReply.Ok(SystemReplies.Chart(data.ChartOf(signal.SignalId))))),
            "log" => new(OfSignal(wanted, Log)),
            "storeRead" => new(OfSignal(wanted, Value)),
            "storeWrite" => WriteAsync(request, wanted),
            _ => new(ServiceReply.Failure(
                ReplyCode.NotFound, $"op: list, state, chart, log, storeRead or storeWrite is expected, not '{wanted.Op}'")),
        };
    }

    private static ServiceReply State(ISystemData data, Trading.Signals.Signal signal, SystemRequest wanted)
    {
        if (data.StateOf(signal.SignalId) is not var (document, savedAt))
        {
            return ServiceReply.Ok(SystemReplies.State(signal, new SystemStateDocument(0, new SystemState()), null));
        }

        try
        {
            return ServiceReply.Ok(SystemReplies.State(signal, SystemStateDocument.Read(document), savedAt));
        }
        catch (CorruptStateException exception)
        {
            return ServiceReply.Failure(ReplyCode.Conflict, $"signalId: the stored state of {signal.SignalId} is damaged: {exception.Message}");
        }
    }

    private static ServiceReply Log(ISystemData data, Trading.Signals.Signal signal, SystemRequest wanted)
    {
        var limit = wanted.Limit ?? DefaultLimit;
        if (limit is < 1 or > MostLimit)
        {
            return ServiceReply.Failure(ReplyCode.Malformed, $"limit: 1 to {MostLimit} is expected, not {limit}");
        }

        var after = 0L;
        if (wanted.Cursor is not null && !long.TryParse(wanted.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return ServiceReply.Failure(ReplyCode.Malformed, $"cursor: one of an earlier reply is expected, not '{wanted.Cursor}'");
        }

        var lines = data.LogOf(signal.SignalId, after, limit + 1);
        return ServiceReply.Ok(SystemReplies.Log(lines.Take(limit), lines.Count > limit ? lines[limit - 1].Number : null));
    }

    private static ServiceReply Value(ISystemData data, Trading.Signals.Signal signal, SystemRequest wanted)
    {
        if (SystemDatastore.KeyFault(wanted.Key) is { } fault)
        {
            return ServiceReply.Failure(ReplyCode.Malformed, fault);
        }

        return data.ValueOf(signal.SignalId, wanted.Key!) is { } value
            ? ServiceReply.Ok(JsonSerializer.SerializeToUtf8Bytes(
                new DatastoreReply(signal.SignalId, wanted.Key!, value), CommandJson.Default.DatastoreReply))
            : ServiceReply.Failure(ReplyCode.NotFound, $"key: signal {signal.SignalId} has no '{wanted.Key}'");
    }

    private ServiceReply OfSignal(SystemRequest wanted, Func<ISystemData, Trading.Signals.Signal, SystemRequest, ServiceReply> read)
    {
        if (wanted.SignalId is null)
        {
            return ServiceReply.Failure(ReplyCode.Malformed, "signalId: a signal's id is expected");
        }

        if (board.State is not { } state || stores.Current?.SystemData is not { } data)
        {
            return NotReady;
        }

        return state.Signals.GetValueOrDefault(wanted.SignalId) is { } signal
            ? read(data, signal, wanted)
            : ServiceReply.Failure(ReplyCode.NotFound, $"signalId: there is no signal {wanted.SignalId}");
    }

    private async ValueTask<ServiceReply> WriteAsync(ServiceRequest request, SystemRequest wanted)
    {
        if (wanted.SignalId is null || wanted.Key is null)
        {
            return ServiceReply.Failure(ReplyCode.Malformed, wanted.SignalId is null ? "signalId: a signal's id is expected" : "key: a key is expected");
        }

        if (board.State is null or { Stage: EngineStage.Stopping } || board.IsStale)
        {
            return NotReady;
        }

        var command = new WriteDatastoreCommand { SignalId = wanted.SignalId, Key = wanted.Key, Value = wanted.Value };
        var ticket = new CommandTicket(request.RequestId, request.ExpiresTimestamp);
        return inbox.TryPost(ticket, command)
            ? await ticket.Reply
            : ServiceReply.Failure(ReplyCode.Busy, $"{TradeInbox.MostCommands} commands wait already");
    }
}
