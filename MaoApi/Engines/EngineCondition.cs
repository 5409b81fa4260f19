namespace MaoApi.Engines;

/// <summary>Where an engine stands. What an engine that does not answer would have said is null.</summary>
/// <param name="AccountId">Its account.</param>
/// <param name="OpMode">Whether it is meant to run: running or stopped.</param>
/// <param name="Answers">Whether it said all that follows.</param>
/// <param name="Message">Why it did not.</param>
/// <param name="Ms">How long it took, milliseconds.</param>
/// <param name="State">starting, reconciling, ready, blocked, stopping.</param>
/// <param name="Stale">Whether its trade loop keeps an answer waiting.</param>
/// <param name="BrokerConnected">Whether it has its broker.</param>
/// <param name="FeedAvailable">Whether every instrument whose session is open has fresh prices.</param>
/// <param name="LastFrameAt">When it last took a frame in.</param>
/// <param name="UnknownOrders">Orders of which nobody knows what became of them.</param>
internal sealed record EngineCondition(
    string AccountId,
    string OpMode,
    bool Answers,
    string Message,
    long Ms,
    string? State = null,
    bool? Stale = null,
    bool? BrokerConnected = null,
    bool? FeedAvailable = null,
    DateTimeOffset? LastFrameAt = null,
    int? UnknownOrders = null);
