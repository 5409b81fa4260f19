namespace MaoTrade.Engine.Server;

/// <summary>What a service wants of the connection's streams in place of a plain reply.</summary>
public abstract record StreamOrder;

/// <summary>The request is answered by a stream of replies.</summary>
public sealed record BeginStream(IReplyStream Stream) : StreamOrder;

/// <summary>The stream of an earlier request ends; 404 where the connection has none of that id.</summary>
/// <param name="Id">The id of that request.</param>
public sealed record EndStream(string Id) : StreamOrder;
