using System.Threading.Channels;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Tests.Simulation;

namespace MaoTrade.Tests.EndToEnd.Support;

/// <summary>An account manager that draws a wrong conclusion from silence.</summary>
internal sealed class DefectiveBroker(IAccountManager broker, Defect defect) : IAccountManager
{
    public BrokerCapabilities Capabilities => broker.Capabilities;

    public ChannelReader<BrokerEvent> Events => broker.Events;

    public Task RunAsync(CancellationToken cancellationToken) => broker.RunAsync(cancellationToken);

    public async Task<OrderAnswer> SubmitAsync(OrderTicket ticket, CancellationToken cancellationToken)
    {
        var answer = await broker.SubmitAsync(ticket, cancellationToken);
        if (answer.Kind != OrderAnswerKind.Unknown)
        {
            return answer;
        }

        return defect == Defect.BlindResend
            ? await broker.SubmitAsync(ticket, cancellationToken)
            : answer with { Kind = OrderAnswerKind.Rejected };
    }

    public Task<OrderAnswer> ModifyAsync(
        string dealReference, string epic, decimal? stopPrice, decimal? limitPrice, CancellationToken cancellationToken) =>
        broker.ModifyAsync(dealReference, epic, stopPrice, limitPrice, cancellationToken);

    public Task<OrderAnswer> CancelAsync(string dealReference, CancellationToken cancellationToken) => broker.CancelAsync(dealReference, cancellationToken);

    public Task<LookUpAnswer> LookUpAsync(string dealReference, CancellationToken cancellationToken) => broker.LookUpAsync(dealReference, cancellationToken);

    public Task<IReadOnlyList<BrokerOrder>?> OpenOrdersAsync(CancellationToken cancellationToken) => broker.OpenOrdersAsync(cancellationToken);

    public Task<BrokerPortfolio?> PortfolioAsync(CancellationToken cancellationToken) => broker.PortfolioAsync(cancellationToken);

    public Task<FillPage?> FillsAsync(string? cursor, CancellationToken cancellationToken) => broker.FillsAsync(cursor, cancellationToken);

    public Task<HistoryAnswer> HistoryAsync(string epic, int timeFrameSeconds, int count, CancellationToken cancellationToken) =>
        broker.HistoryAsync(epic, timeFrameSeconds, count, cancellationToken);

    public Task<MarketDataResult> SubscribeAsync(string epic, int timeFrameSeconds, CancellationToken cancellationToken) =>
        broker.SubscribeAsync(epic, timeFrameSeconds, cancellationToken);

    public Task<MarketDataResult> UnsubscribeAsync(string epic, CancellationToken cancellationToken) => broker.UnsubscribeAsync(epic, cancellationToken);

    public Task<DateTimeOffset?> TimeAsync(CancellationToken cancellationToken) => broker.TimeAsync(cancellationToken);

    public ValueTask AcknowledgeAsync(long eventId, CancellationToken cancellationToken) => broker.AcknowledgeAsync(eventId, cancellationToken);

    public ValueTask DisposeAsync() => broker.DisposeAsync();
}
