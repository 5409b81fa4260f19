using System.Collections.Immutable;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Trading;

/// <summary>Something to do outside, after the commit of the input that caused it, in order.</summary>
public abstract record Effect;

/// <summary>Hand a stored intent to the loop again, to be marked as leaving.</summary>
public sealed record DispatchEffect(string OrderId) : Effect;

/// <summary>Send an order whose attempt is stored.</summary>
public sealed record SendEffect(string OrderId, int Attempt, OrderTicket Ticket) : Effect;

/// <summary>Ask a working order back; the attempt is stored.</summary>
public sealed record CancelEffect(string OrderId, int Attempt, string DealReference) : Effect;

/// <summary>Ask the broker about an order whose outcome is unknown.</summary>
public sealed record ProveEffect(string OrderId, string DealReference, string? FillCursor, TimeSpan Delay) : Effect;

/// <summary>Ask the broker for the whole account.</summary>
public sealed record SurveyEffect(ImmutableArray<string> References, string? FillCursor, TimeSpan Delay) : Effect;

/// <summary>Start the frames of an epic.</summary>
public sealed record SubscribeEffect(string Epic, int TimeFrameSeconds, TimeSpan Delay) : Effect;

/// <summary>Ask the broker for the last closed frames of an epic.</summary>
public sealed record HistoryEffect(string Epic, int TimeFrameSeconds, int Count, TimeSpan Delay) : Effect;

/// <summary>End the frames of an epic.</summary>
public sealed record UnsubscribeEffect(string Epic) : Effect;

/// <summary>Tell the broker that an event is committed.</summary>
public sealed record AcknowledgeEffect(long EventId) : Effect;

/// <summary>Answer a command.</summary>
public sealed record ReplyEffect(CommandTicket Command, Server.ServiceReply Reply) : Effect;

/// <summary>Write a line to the log, which may be one of <see cref="Logs.LogEvents"/>.</summary>
public sealed record LogEffect(LogLevel Level, string Message, string? Event = null) : Effect;
