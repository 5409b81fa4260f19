using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Brokers.Paper.Wire;

/// <summary>What the paper broker sends: answers carry the id of their request, the rest comes on its own.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HelloReply), "hello")]
[JsonDerivedType(typeof(RefusedReply), "refused")]
[JsonDerivedType(typeof(OrderReply), "order")]
[JsonDerivedType(typeof(LookUpReply), "lookUp")]
[JsonDerivedType(typeof(OpenOrdersReply), "openOrders")]
[JsonDerivedType(typeof(PortfolioReply), "portfolio")]
[JsonDerivedType(typeof(FillsReply), "fills")]
[JsonDerivedType(typeof(HistoryReply), "history")]
[JsonDerivedType(typeof(MarketDataReply), "marketData")]
[JsonDerivedType(typeof(TimeReply), "time")]
[JsonDerivedType(typeof(EventMessage), "event")]
[JsonDerivedType(typeof(ReplacedMessage), "replaced")]
internal abstract record PaperMessage;

/// <summary>An answer to the request of the same id.</summary>
internal abstract record PaperReply(long Id) : PaperMessage;

internal sealed record HelloReply(long Id, bool Dedupes, double LookUpLagSeconds) : PaperReply(Id)
{
    /// <summary>Seconds of market time per second; absent in lockstep.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MarketSecondsPerSecond { get; init; }

    /// <summary>Lengths of frames that are sent; absent = every multiple of the data's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? TimeFrames { get; init; }
}

/// <summary>The account is not served here; the connection ends.</summary>
internal sealed record RefusedReply(long Id, string Reason) : PaperReply(Id);

internal sealed record OrderReply(long Id, OrderAnswer Answer) : PaperReply(Id);

internal sealed record LookUpReply(long Id, LookUpAnswer Answer) : PaperReply(Id);

internal sealed record OpenOrdersReply(long Id, IReadOnlyList<BrokerOrder> Orders) : PaperReply(Id);

internal sealed record PortfolioReply(long Id, BrokerPortfolio Portfolio) : PaperReply(Id);

internal sealed record FillsReply(long Id, FillPage Page) : PaperReply(Id);

internal sealed record HistoryReply(long Id, HistoryAnswer History) : PaperReply(Id);

internal sealed record MarketDataReply(long Id, MarketDataResult Result) : PaperReply(Id);

internal sealed record TimeReply(long Id, DateTimeOffset Time) : PaperReply(Id);

/// <summary>A newer connection of the account took over; the connection ends.</summary>
internal sealed record ReplacedMessage : PaperMessage;

/// <summary>One event; exactly one member is set.</summary>
internal sealed record EventMessage : PaperMessage
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FrameEvent? Frame { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderAcceptedEvent? Accepted { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderRejectedEvent? Rejected { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderCancelledEvent? Cancelled { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FillEvent? Fill { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccountEvent? Account { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MarketDataEvent? MarketData { get; init; }

    [JsonIgnore]
    public BrokerEvent? Event => (BrokerEvent?)Frame ?? (BrokerEvent?)Fill ?? (BrokerEvent?)Accepted
        ?? (BrokerEvent?)Account ?? (BrokerEvent?)Rejected ?? (BrokerEvent?)Cancelled ?? MarketData;

    public static EventMessage Of(BrokerEvent item) => item switch
    {
        FrameEvent frame => new EventMessage { Frame = frame },
        OrderAcceptedEvent accepted => new EventMessage { Accepted = accepted },
        OrderRejectedEvent rejected => new EventMessage { Rejected = rejected },
        OrderCancelledEvent cancelled => new EventMessage { Cancelled = cancelled },
        FillEvent fill => new EventMessage { Fill = fill },
        AccountEvent account => new EventMessage { Account = account },
        MarketDataEvent marketData => new EventMessage { MarketData = marketData },
        _ => throw new ArgumentException($"{item.GetType().Name} is not sent by a broker.", nameof(item)),
    };
}
