using MaoTrade.Engine.Brokers;

namespace MaoTrade.Engine.Trading.Inputs;

/// <summary>What the trade loop takes, one at a time.</summary>
public abstract record TradeInput;

/// <summary>The broker said something.</summary>
public sealed record BrokerInput(BrokerEvent Event) : TradeInput;

/// <summary>The session with the broker stands.</summary>
public sealed record ConnectedInput(BrokerCapabilities Capabilities) : TradeInput;

/// <summary>A stored intent is to be handed to the broker.</summary>
public sealed record DispatchInput(string OrderId) : TradeInput;

/// <summary>An attempt was answered, or was not.</summary>
public sealed record AnswerInput(string OrderId, int Attempt, OrderAnswer Answer) : TradeInput;

/// <summary>An attempt to cancel was answered, or was not.</summary>
public sealed record CancelAnswerInput(string OrderId, int Attempt, OrderAnswer Answer) : TradeInput;

/// <summary>What the broker shows of an order whose outcome is unknown.</summary>
public sealed record ProofInput(string OrderId, OrderProof Proof) : TradeInput;

/// <summary>What the broker shows of the whole account; null = it did not answer.</summary>
public sealed record SurveyInput(BrokerSurvey? Survey) : TradeInput;

/// <summary>A subscription was answered.</summary>
public sealed record SubscribedInput(string Epic, int TimeFrameSeconds, MarketDataResult Result) : TradeInput;

/// <summary>Frames of the past were answered.</summary>
/// <param name="Epic">Instrument.</param>
/// <param name="TimeFrameSeconds">Length of the frames asked for.</param>
/// <param name="Answer">The frames, or why there are none.</param>
/// <param name="BrokerTime">The broker's clock before it was asked: frames that end later may still grow.</param>
public sealed record HistoryInput(string Epic, int TimeFrameSeconds, HistoryAnswer Answer, DateTimeOffset BrokerTime) : TradeInput;

/// <summary>Time went by.</summary>
/// <param name="PostedTimestamp">Timestamp of the clock when it was put in; 0 = not known.</param>
public sealed record TickInput(long PostedTimestamp = 0) : TradeInput;
