using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server.Services;

/// <summary>
/// Service 2: commands of the trade manager. Reads are answered from the snapshot, at once; changes go through the inbox
/// and are answered when they are committed.
/// </summary>
public sealed partial class TradeService(
    TradeInbox inbox, SnapshotBoard board, OrderListing orders, ResultListing results, int commandBase, ILogger<TradeService> logger) : IService
{
    private static readonly ServiceReply NotReady = ServiceReply.Failure(ReplyCode.NotReady, "the engine is starting");

    public int Number => 2;

    public ValueTask<ServiceReply> HandleAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        if (SrvId(request.Data.Span) is not { } srvId)
        {
            return new(ServiceReply.Failure(ReplyCode.Malformed, "srvId: a whole number is expected"));
        }

        // Our own numbers move by the base, the original's (1, 2, 5, 8) do not.
        var command = srvId is 1 or 2 or 5 or 8 ? srvId : srvId - commandBase;
        return command switch
        {
            1 => Command(request, CommandJson.Default.OpenPositionCommand),
            2 => Command(request, CommandJson.Default.ClosePositionCommand),
            3 => new(Read(request, () => board.Portfolio())),
            4 => new(Read(request, Signals)),
            5 => Command(request, CommandJson.Default.UpdateAccountCommand),
            6 => Command(request, CommandJson.Default.UpsertSignalCommand),
            7 => Command(request, CommandJson.Default.DeleteSignalCommand),
            8 => Command(request, CommandJson.Default.ValidateSignalCommand),
            9 => Command(request, CommandJson.Default.BlockSignalCommand),
            10 => Command(request, CommandJson.Default.KillSwitchCommand),
            11 => new(List(request)),
            12 => Command(request, CommandJson.Default.ModifyPositionCommand),
            13 => Command(request, CommandJson.Default.CancelOrderCommand),
            14 => Command(request, CommandJson.Default.ResolveOrderCommand),
            15 => new(Results(request)),
            _ => new(ServiceReply.Failure(ReplyCode.NotFound, $"srvId: there is no command {srvId}")),
        };
    }

    private static ServiceReply Read(ServiceRequest request, Func<ReadOnlyMemory<byte>?> read) =>
        !CommandReading.TryRead(request.Data.Span, CommandJson.Default.ReadCommand, out _, out var fault) ? fault
            : read() is { } data ? ServiceReply.Ok(data) : NotReady;

    private ReadOnlyMemory<byte>? Signals() =>
        board.State is { } state
            ? JsonSerializer.SerializeToUtf8Bytes(new SignalsReply(state.Signals.Values), CommandJson.Default.SignalsReply)
            : null;

    private ServiceReply List(ServiceRequest request) =>
        !CommandReading.TryRead(request.Data.Span, CommandJson.Default.ListOrdersCommand, out var command, out var fault) ? fault
            : board.State is { } state ? orders.List(state, command) : NotReady;

    private ServiceReply Results(ServiceRequest request) =>
        !CommandReading.TryRead(request.Data.Span, CommandJson.Default.PerformanceCommand, out var command, out var fault) ? fault
            : board.State is { } state ? results.List(state, command) : NotReady;

    private async ValueTask<ServiceReply> Command<T>(ServiceRequest request, JsonTypeInfo<T> type)
        where T : TradeCommand
    {
        if (!CommandReading.TryRead(request.Data.Span, type, out var command, out var fault))
        {
            return fault;
        }

        if (board.State is null or { Stage: EngineStage.Stopping } || board.IsStale)
        {
            return board.IsStale ? ServiceReply.Failure(ReplyCode.NotReady, "the store does not answer; nothing was done") : NotReady;
        }

        var ticket = new CommandTicket(request.RequestId, request.ExpiresTimestamp);
        var reply = inbox.TryPost(ticket, command)
            ? await ticket.Reply
            : ServiceReply.Failure(ReplyCode.Busy, $"{TradeInbox.MostCommands} commands wait already");
        Obeyed(typeof(T).Name, reply.Code, reply.Message);
        return reply;
    }

    private static int? SrvId(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("srvId"u8))
            {
                reader.Read();
                return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var srvId) ? srvId : null;
            }

            reader.Read();
            reader.Skip();
        }

        return null;
    }

    [LoggerMessage(2020, LogLevel.Information, "{Command}: {Code} {Reason}")]
    private partial void Obeyed(string command, int code, string reason);
}
