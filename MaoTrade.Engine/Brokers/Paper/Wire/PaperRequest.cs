using System.Text.Json.Serialization;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers.Paper.Wire;

/// <summary>What an engine sends to the paper broker. <paramref name="Id"/> comes back with the answer; acknowledgements have none.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HelloRequest), "hello")]
[JsonDerivedType(typeof(SubmitRequest), "submit")]
[JsonDerivedType(typeof(ModifyRequest), "modify")]
[JsonDerivedType(typeof(CancelRequest), "cancel")]
[JsonDerivedType(typeof(LookUpRequest), "lookUp")]
[JsonDerivedType(typeof(OpenOrdersRequest), "openOrders")]
[JsonDerivedType(typeof(PortfolioRequest), "portfolio")]
[JsonDerivedType(typeof(FillsRequest), "fills")]
[JsonDerivedType(typeof(HistoryRequest), "history")]
[JsonDerivedType(typeof(SubscribeRequest), "subscribe")]
[JsonDerivedType(typeof(UnsubscribeRequest), "unsubscribe")]
[JsonDerivedType(typeof(TimeRequest), "time")]
[JsonDerivedType(typeof(AcknowledgeRequest), "acknowledge")]
internal abstract record PaperRequest(long Id);

internal sealed record HelloRequest(long Id, string Account) : PaperRequest(Id);

internal sealed record SubmitRequest(long Id, OrderTicket Ticket) : PaperRequest(Id);

internal sealed record ModifyRequest(long Id, string DealReference, string Epic, decimal? StopPrice, decimal? LimitPrice)
    : PaperRequest(Id);

internal sealed record CancelRequest(long Id, string DealReference) : PaperRequest(Id);

internal sealed record LookUpRequest(long Id, string DealReference) : PaperRequest(Id);

internal sealed record OpenOrdersRequest(long Id) : PaperRequest(Id);

internal sealed record PortfolioRequest(long Id) : PaperRequest(Id);

internal sealed record FillsRequest(long Id, string? Cursor) : PaperRequest(Id);

internal sealed record HistoryRequest(long Id, string Epic, int TimeFrameSeconds, int Count) : PaperRequest(Id);

internal sealed record SubscribeRequest(long Id, string Epic, int TimeFrameSeconds) : PaperRequest(Id);

internal sealed record UnsubscribeRequest(long Id, string Epic) : PaperRequest(Id);

internal sealed record TimeRequest(long Id) : PaperRequest(Id);

internal sealed record AcknowledgeRequest(long EventId) : PaperRequest(0);
