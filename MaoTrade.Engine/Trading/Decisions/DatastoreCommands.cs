using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>Writes into the datastore of a running system, and tells it.</summary>
internal static class DatastoreCommands
{
    public static ServiceReply Write(Turn turn, WriteDatastoreCommand command)
    {
        if (turn.State.Signals.GetValueOrDefault(command.SignalId) is not { } signal)
        {
            return ServiceReply.Failure(ReplyCode.NotFound, $"signalId: there is no signal {command.SignalId}");
        }

        if (turn.Titles.Find(signal.Epic) is not { } title || title.SignalId != signal.SignalId)
        {
            return ServiceReply.Failure(ReplyCode.Conflict, $"signalId: the system of signal {signal.SignalId} does not run");
        }

        if (title.System.Datastore.Fault(command.Key, command.Value) is { } fault)
        {
            return ServiceReply.Failure(ReplyCode.Malformed, fault);
        }

        SystemCalls.Call(turn, title, system =>
        {
            system.Datastore.Write(command.Key, command.Value);
            system.OnDatastoreWritten(command.Key, command.Value);
        });
        return CommandReplies.Ok(new DatastoreReply(signal.SignalId, command.Key, command.Value), CommandJson.Default.DatastoreReply);
    }
}
