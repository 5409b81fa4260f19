using System.Text.Json;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>Commands about signals: srvId 6, 7, 8 and 9.</summary>
internal static class SignalCommands
{
    public static ServiceReply Validate(Turn turn, SignalProposal proposal)
    {
        if (SystemCalls.Create(turn, proposal.System) is not { } system)
        {
            return CommandReplies.UnknownSystem(proposal.System, turn.Catalog);
        }

        var errors = Check(turn, proposal, system);
        if (errors.Count > 0)
        {
            return CommandReplies.Refused(errors);
        }

        var holder = turn.State.LiveSignalOf(proposal.Epic);
        string[] warnings = holder is not null && holder.SignalId != proposal.SignalId
            ? [$"{proposal.Epic} already has the live signal {holder.SignalId} ({holder.System})"]
            : [];
        return CommandReplies.Ok(new ValidationReply(true, [], warnings), CommandJson.Default.ValidationReply);
    }

    public static ServiceReply Upsert(Turn turn, SignalProposal proposal)
    {
        if (SystemCalls.Create(turn, proposal.System) is not { } system)
        {
            return CommandReplies.UnknownSystem(proposal.System, turn.Catalog);
        }

        var errors = Check(turn, proposal, system);
        if (errors.Count > 0)
        {
            return CommandReplies.Refused(errors);
        }

        return proposal.SignalId is { } id ? Update(turn, id, proposal) : Create(turn, proposal);
    }

    public static ServiceReply Delete(Turn turn, DeleteSignalCommand command)
    {
        if (turn.State.Signals.GetValueOrDefault(command.SignalId) is not { } signal)
        {
            return NotFound(command.SignalId);
        }

        if (Stale(signal, command.Version) is { } stale)
        {
            return stale;
        }

        if (SessionDecisions.HasOrderOnItsWay(turn.State, signal))
        {
            return ServiceReply.Failure(ReplyCode.Conflict, $"signalId: an order of signal {signal.SignalId} is on its way");
        }

        turn.Remove(signal);
        turn.Changes.DroppedFrames.Add(signal.SignalId);
        turn.Titles.Waiting.Remove(signal.SignalId);
        if (turn.Titles.Find(signal.Epic) is { } title && title.SignalId == signal.SignalId)
        {
            FeedDecisions.Close(turn, title);
        }

        turn.Log(LogLevel.Information, $"Signal {signal.SignalId} ({signal.System} on {signal.Epic}) deleted");
        return CommandReplies.Ok(new SignalDeletedReply(signal.SignalId), CommandJson.Default.SignalDeletedReply);
    }

    public static ServiceReply Block(Turn turn, BlockSignalCommand command)
    {
        if (turn.State.Signals.GetValueOrDefault(command.SignalId) is not { } signal)
        {
            return NotFound(command.SignalId);
        }

        if (!signal.IsLive)
        {
            return ServiceReply.Failure(ReplyCode.Conflict, $"signalId: signal {signal.SignalId} is completed");
        }

        var changed = SignalTitles.Standing(signal with { Blocked = command.Blocked, Error = null }, turn) with
        {
            Version = signal.Version + 1,
            Modified = turn.Now,
        };
        turn.Put(changed);
        if (!command.Blocked)
        {
            SignalTitles.Release(turn, changed);
            changed = turn.State.Signals[signal.SignalId];
        }

        turn.Log(LogLevel.Information, $"Signal {signal.SignalId} ({signal.System} on {signal.Epic}) {(command.Blocked ? "blocked" : "released")}");
        return CommandReplies.Ok(new SignalReply(changed), CommandJson.Default.SignalReply);
    }

    private static ServiceReply Create(Turn turn, SignalProposal proposal)
    {
        if (turn.State.LiveSignalOf(proposal.Epic) is { } holder)
        {
            return ServiceReply.Failure(
                ReplyCode.Conflict, $"epic: {proposal.Epic} already has the live signal {holder.SignalId} ({holder.System})");
        }

        var signal = SignalTitles.Standing(
            new Signal
            {
                SignalId = turn.References.Next(),
                Epic = proposal.Epic,
                System = proposal.System,
                TimeFrame = proposal.TimeFrame,
                Params = Parameters(proposal),
                StartTrade = proposal.StartTrade,
                EndTrade = proposal.EndTrade,
                Blocked = proposal.Blocked,
                Created = turn.Now,
                Modified = turn.Now,
            },
            turn);
        turn.Put(signal);
        SignalTitles.Begin(turn, signal);
        turn.Log(LogLevel.Information, $"Signal {signal.SignalId}: {signal.System} on {signal.Epic} at {signal.TimeFrame} s created");
        return CommandReplies.Ok(new SignalReply(turn.State.Signals[signal.SignalId]), CommandJson.Default.SignalReply);
    }

    private static ServiceReply Update(Turn turn, string signalId, SignalProposal proposal)
    {
        if (turn.State.Signals.GetValueOrDefault(signalId) is not { } signal)
        {
            return NotFound(signalId);
        }

        if (Stale(signal, proposal.Version) is { } stale)
        {
            return stale;
        }

        if (!signal.IsLive)
        {
            return ServiceReply.Failure(ReplyCode.Conflict, $"signalId: signal {signalId} is completed");
        }

        if (proposal.Epic != signal.Epic || proposal.System != signal.System)
        {
            return CommandReplies.Malformed(
                proposal.Epic != signal.Epic ? "signal.epic" : "signal.system", "cannot be changed; delete the signal and create another");
        }

        if (SessionDecisions.HasOrderOnItsWay(turn.State, signal))
        {
            return ServiceReply.Failure(ReplyCode.Conflict, $"signalId: an order of signal {signalId} is on its way");
        }

        var changed = SignalTitles.Standing(
            signal with
            {
                TimeFrame = proposal.TimeFrame,
                Params = Parameters(proposal),
                StartTrade = proposal.StartTrade,
                EndTrade = proposal.EndTrade,
                Blocked = proposal.Blocked,
                Error = null,
                Version = signal.Version + 1,
                Modified = turn.Now,
            },
            turn);
        turn.Put(changed);
        SignalTitles.Edit(turn, changed, signal.TimeFrame);
        turn.Log(LogLevel.Information, $"Signal {signalId} ({changed.System} on {changed.Epic}) changed to version {changed.Version}");
        return CommandReplies.Ok(new SignalReply(turn.State.Signals[signalId]), CommandJson.Default.SignalReply);
    }

    private static List<SignalError> Check(Turn turn, SignalProposal proposal, TradingSystem system)
    {
        var errors = new List<SignalError>();
        if (proposal.Epic.Length is 0 or > 64)
        {
            errors.Add(new SignalError("epic", "range", "epic must have 1 to 64 characters"));
        }

        if (proposal.TimeFrame is < 1 or > 31_622_400)
        {
            errors.Add(new SignalError("timeFrame", "range", "timeFrame must be 1 to 31622400 seconds"));
        }

        if (proposal.StartTrade >= proposal.EndTrade)
        {
            errors.Add(new SignalError("endTrade", "range", "endTrade must be after startTrade"));
        }

        if (proposal.Params.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
        {
            errors.Add(new SignalError("params", "type", "params must be an object"));
        }

        SystemCalls.Check(
            turn, system, proposal.System, proposal.Epic, faults => ParameterSet.Read(system.Parameters, proposal.Params, faults), errors);
        return errors;
    }

    private static JsonElement Parameters(SignalProposal proposal) =>
        proposal.Params.ValueKind == JsonValueKind.Object ? proposal.Params : JsonDocument.Parse("{}").RootElement;

    private static ServiceReply? Stale(Signal signal, int? version) =>
        version is { } seen && seen != signal.Version
            ? ServiceReply.Failure(ReplyCode.Conflict, $"version: signal {signal.SignalId} is at version {signal.Version}, not {seen}")
            : null;

    private static ServiceReply NotFound(string signalId) =>
        ServiceReply.Failure(ReplyCode.NotFound, $"signalId: there is no signal {signalId}");
}
