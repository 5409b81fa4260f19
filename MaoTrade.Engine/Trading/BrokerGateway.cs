using System.Collections.Immutable;
using System.Threading.Channels;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Monitoring;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading.Inputs;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// Between the trade loop and the broker: carries effects out in order of their making, brings answers and events back as
/// inputs. An answer that does not come is an input too.
/// </summary>
/// <param name="broker">The account at the broker.</param>
/// <param name="inbox">Where answers and events go.</param>
/// <param name="mayTrade">Whether this process still holds the account; asked right before an order leaves.</param>
/// <param name="time">Deadlines and delays.</param>
/// <param name="logger">Log.</param>
public sealed partial class BrokerGateway(
    IAccountManager broker, TradeInbox inbox, Func<bool> mayTrade, TimeProvider time, ILogger<BrokerGateway> logger)
{
    private const int Capacity = 4_096;
    private const int LookUpsAtOnce = 64;
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(15);

    private readonly Channel<Effect> _effects = Channel.CreateBounded<Effect>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });

    private readonly TaskSet _calls = new();

    /// <summary>Takes an effect of the trade loop; false when too many wait.</summary>
    public bool TryPost(Effect effect) => _effects.Writer.TryWrite(effect);

    /// <summary>Runs until the token ends; returns when every call it began has ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A connection given up for good ends well: the engine stays, answers, and sends nothing.
        _calls.Add(broker.RunAsync(cancellationToken));
        try
        {
            await await Task.WhenAny(HearAsync(cancellationToken), CarryOutAsync(cancellationToken), _calls.Failure);
        }
        finally
        {
            await _calls.WhenAllEnded();
        }
    }

    private async Task HearAsync(CancellationToken cancellationToken)
    {
        await foreach (var said in broker.Events.ReadAllAsync(cancellationToken))
        {
            await inbox.PostAsync(
                said is BrokerConnected ? new ConnectedInput(broker.Capabilities) : new BrokerInput(said), cancellationToken);
        }
    }

    private async Task CarryOutAsync(CancellationToken cancellationToken)
    {
        await foreach (var effect in _effects.Reader.ReadAllAsync(cancellationToken))
        {
            switch (effect)
            {
                case AcknowledgeEffect acknowledge:
                    Steps.Pass(Step.BeforeAcknowledge);
                    await broker.AcknowledgeAsync(acknowledge.EventId, cancellationToken);
                    Steps.Pass(Step.AfterAcknowledge);
                    break;
                case SendEffect send:
                    Steps.Pass(Step.BeforeSend);
                    _calls.Add(AnswerAsync(send, cancellationToken));
                    break;
                case CancelEffect cancel:
                    _calls.Add(CancelAsync(cancel, cancellationToken));
                    break;
                case ProveEffect prove:
                    _calls.Add(ProveAsync(prove, cancellationToken));
                    break;
                case SurveyEffect survey:
                    _calls.Add(SurveyAsync(survey, cancellationToken));
                    break;
                case SubscribeEffect subscribe:
                    _calls.Add(SubscribeAsync(subscribe, cancellationToken));
                    break;
                case HistoryEffect history:
                    _calls.Add(HistoryAsync(history, cancellationToken));
                    break;
                case UnsubscribeEffect unsubscribe:
                    _calls.Add(broker.UnsubscribeAsync(unsubscribe.Epic, cancellationToken));
                    break;
            }
        }
    }

    private async Task AnswerAsync(SendEffect send, CancellationToken cancellationToken)
    {
        var ticket = send.Ticket;
        var answer = await AttemptAsync(
            token => ticket.Action == OrderAction.ModifyPosition
                ? broker.ModifyAsync(ticket.DealReference, ticket.Epic, ticket.StopPrice, ticket.LimitPrice, token)
                : broker.SubmitAsync(ticket, token),
            cancellationToken);
        Steps.Pass(Step.AfterSend);
        await inbox.PostAsync(new AnswerInput(send.OrderId, send.Attempt, answer), cancellationToken);
    }

    private async Task CancelAsync(CancelEffect cancel, CancellationToken cancellationToken)
    {
        var answer = await AttemptAsync(token => broker.CancelAsync(cancel.DealReference, token), cancellationToken);
        await inbox.PostAsync(new CancelAnswerInput(cancel.OrderId, cancel.Attempt, answer), cancellationToken);
    }

    /// <summary>
    /// A change at the broker always has an answer: silence until the deadline and a fault of the account manager mean that
    /// nobody knows, never that it did not happen.
    /// </summary>
    private async Task<OrderAnswer> AttemptAsync(Func<CancellationToken, Task<OrderAnswer>> call, CancellationToken cancellationToken)
    {
        if (!mayTrade())
        {
            return new OrderAnswer(OrderAnswerKind.NotSent, null, 0, "this engine may have lost the account");
        }

        try
        {
            return await WithinAsync(call, new OrderAnswer(OrderAnswerKind.Unknown, null, 0, $"no answer within {CallDeadline.TotalSeconds} s"), cancellationToken);
        }
#pragma warning disable CA1031 // Whatever an account manager throws, the order may have reached the broker.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            AttemptFailed(exception);
            return new OrderAnswer(OrderAnswerKind.Unknown, null, 0, exception.Message);
        }
    }

    private async Task SubscribeAsync(SubscribeEffect subscribe, CancellationToken cancellationToken)
    {
        await Task.Delay(subscribe.Delay, time, cancellationToken);
        var result = await WithinAsync(
            token => broker.SubscribeAsync(subscribe.Epic, subscribe.TimeFrameSeconds, token), MarketDataResult.Network, cancellationToken);
        await inbox.PostAsync(new SubscribedInput(subscribe.Epic, subscribe.TimeFrameSeconds, result), cancellationToken);
    }

    /// <summary>The clock first: a frame that was over by then is closed, however long the answer takes.</summary>
    private async Task HistoryAsync(HistoryEffect history, CancellationToken cancellationToken)
    {
        await Task.Delay(history.Delay, time, cancellationToken);
        var silence = new HistoryAnswer(MarketDataResult.Network, []);
        var (answer, brokerTime) = await WithinAsync(
            async token => await broker.TimeAsync(token) is { } now
                ? (await broker.HistoryAsync(history.Epic, history.TimeFrameSeconds, history.Count, token), now)
                : (silence, default),
            (silence, default),
            cancellationToken);
        await inbox.PostAsync(new HistoryInput(history.Epic, history.TimeFrameSeconds, answer, brokerTime), cancellationToken);
    }

    /// <summary>Look-up first, then fills, then positions: whatever happened before the look-up shows in the later ones.</summary>
    private async Task ProveAsync(ProveEffect prove, CancellationToken cancellationToken)
    {
        await Task.Delay(prove.Delay, time, cancellationToken);
        Steps.Pass(Step.BeforeProof);
        var proof = await WithinAsync(
            async token =>
            {
                var lookUp = await broker.LookUpAsync(prove.DealReference, token);
                if (lookUp.Kind is LookUpKind.NoAnswer)
                {
                    return new OrderProof(lookUp, null, null);
                }

                var (fills, cursor) = await FillsAsync(prove.FillCursor, token);
                var portfolio = await broker.PortfolioAsync(token);
                return new OrderProof(lookUp, fills is null ? null : new FillPage(fills, cursor!, false), portfolio);
            },
            new OrderProof(new LookUpAnswer(LookUpKind.NoAnswer, null, 0, "no answer in time"), null, null),
            cancellationToken);
        Steps.Pass(Step.AfterProof);
        await inbox.PostAsync(new ProofInput(prove.OrderId, proof), cancellationToken);
    }

    private async Task SurveyAsync(SurveyEffect survey, CancellationToken cancellationToken)
    {
        await Task.Delay(survey.Delay, time, cancellationToken);
        Steps.Pass(Step.BeforeSurvey);
        var found = await WithinAsync(token => LookAroundAsync(survey, token), null, cancellationToken);
        if (found is null)
        {
            SurveyFailed();
        }

        Steps.Pass(Step.AfterSurvey);
        await inbox.PostAsync(new SurveyInput(found), cancellationToken);
    }

    private async Task<BrokerSurvey?> LookAroundAsync(SurveyEffect survey, CancellationToken cancellationToken)
    {
        var lookUps = ImmutableDictionary.CreateBuilder<string, LookUpAnswer>();
        foreach (var together in survey.References.Chunk(LookUpsAtOnce))
        {
            var answers = await Task.WhenAll(together.Select(reference => broker.LookUpAsync(reference, cancellationToken)));
            if (answers.Any(answer => answer.Kind == LookUpKind.NoAnswer))
            {
                return null;
            }

            lookUps.AddRange(together.Zip(answers, KeyValuePair.Create));
        }

        var orders = await broker.OpenOrdersAsync(cancellationToken);
        var (fills, cursor) = await FillsAsync(survey.FillCursor, cancellationToken);
        var portfolio = await broker.PortfolioAsync(cancellationToken);
        var now = await broker.TimeAsync(cancellationToken);
        return orders is null || fills is null || portfolio is null || now is null
            ? null
            : new BrokerSurvey(fills, cursor!, portfolio, lookUps.ToImmutable(), orders, now.Value);
    }

    private async Task<(List<Fill>? Fills, string? Cursor)> FillsAsync(string? cursor, CancellationToken cancellationToken)
    {
        var fills = new List<Fill>();
        while (await broker.FillsAsync(cursor, cancellationToken) is { } page)
        {
            fills.AddRange(page.Fills);
            cursor = page.Cursor;
            if (!page.More)
            {
                return (fills, cursor);
            }
        }

        return (null, null);
    }

    /// <summary>A call with a deadline: its end by the deadline is an answer, not an error.</summary>
    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> call, T otherwise, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(CallDeadline, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            // Also one that does not heed its token ends by the deadline.
            return await call(linked.Token).WaitAsync(linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return otherwise;
        }
    }

    [LoggerMessage(2015, LogLevel.Error, "The account manager failed while an order was being sent: its outcome is unknown")]
    private partial void AttemptFailed(Exception exception);

    [LoggerMessage(2010, LogLevel.Warning, "The broker did not answer the reconciliation; asking again")]
    private partial void SurveyFailed();
}
