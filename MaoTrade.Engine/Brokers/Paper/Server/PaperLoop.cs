using System.Threading.Channels;
using MaoTrade.Engine.Brokers.Paper.Wire;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>
/// The broker's loop: the only owner of all accounts. It takes the inputs that wait, commits what they change in one
/// transaction, writes the ledger, and only then lets answers and events leave.
/// </summary>
internal sealed class PaperLoop : IDisposable
{
    private static readonly TimeSpan HoldTime = TimeSpan.FromMilliseconds(20);

    private readonly PaperBook _book;
    private readonly PaperStore _store;
    private readonly PaperLedger? _ledger;
    private readonly PaperFaults _faults;
    private readonly PaperStreams _streams;
    private readonly PaperOrders _orders;
    private readonly PaperClockwork _clockwork;
    private readonly PaperDelivery _delivery;
    private readonly PaperQueries _queries;
    private readonly ITimer _holdTimer;
    private readonly Channel<PaperInput> _inputs = Channel.CreateBounded<PaperInput>(
        new BoundedChannelOptions(1_024) { SingleReader = true });

    public PaperLoop(PaperBook book, PaperStore store, PaperLedger? ledger, PaperMarketClock clock)
    {
        _book = book;
        _store = store;
        _ledger = ledger;
        _faults = new PaperFaults(book.Options.Fault, book.Options.Seed);
        _streams = new PaperStreams(book, clock);
        _orders = new PaperOrders(book, store, _streams);
        _clockwork = new PaperClockwork(book, new PaperMatching(book, _orders), clock);
        _delivery = new PaperDelivery(book, _faults, () => _holdTimer!.Change(HoldTime, HoldTime));
        _holdTimer = book.Clock.CreateTimer(
            _ => _inputs.Writer.TryWrite(new PaperInput(PaperInputKind.Release)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _queries = new PaperQueries(book, store, _orders, _streams, clock);
    }

    public ChannelWriter<PaperInput> Inputs => _inputs.Writer;

    /// <summary>Runs until the inputs are completed; an error of the database or the ledger ends it.</summary>
    public async Task RunAsync()
    {
        Commit();
        while (await _inputs.Reader.WaitToReadAsync())
        {
            for (var i = 0; i < PaperLimits.InputsPerStep && _inputs.Reader.TryRead(out var input); i++)
            {
                Take(input);
            }

            Commit();
        }
    }

    public void Dispose() => _holdTimer.Dispose();

    private void Take(PaperInput input)
    {
        switch (input)
        {
            case { Kind: PaperInputKind.Release }:
                _holdTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                foreach (var account in _book.Accounts.Values)
                {
                    _delivery.Release(account);
                }

                break;
            case { Kind: PaperInputKind.Tick }:
                Tick();
                break;
            case { Kind: PaperInputKind.Gone, Session: { Account: { } left } gone }:
                PaperDelivery.Disconnect(left, gone);
                break;
            case { Request: HelloRequest hello, Session: { } session }:
                Hello(session, hello);
                break;
            case { Request: { } request, Session: { Account: { } account } session } when account.Session == session:
                Take(session, account, request);
                break;
            default:
                // A connection that was refused or replaced: what it still asks is not done.
                break;
        }
    }

    private void Hello(PaperSession session, HelloRequest hello)
    {
        if (session.Account is not null || _book.AccountOf(hello.Account) is not { } account)
        {
            session.SendLast(new RefusedReply(hello.Id, $"the account {hello.Account} is not served here"));
            return;
        }

        session.Account = account;
        var options = _book.Options;
        PaperMessage reply = new HelloReply(hello.Id, options.Dedupe, options.LookUpLag.TotalSeconds)
        {
            MarketSecondsPerSecond = options.Clock == PaperClockMode.Live ? options.Speed : null,
            TimeFrames = options.TimeFrames.Count > 0 ? options.TimeFrames : null,
        };
        _book.Step.Greetings.Add((session, PaperFraming.Encode(reply, PaperJson.Default.PaperMessage)));
        _delivery.Connect(account, session);
    }

    private void Take(PaperSession session, PaperAccount account, PaperRequest request)
    {
        switch (request)
        {
            case AcknowledgeRequest acknowledge:
                Acknowledge(account, acknowledge.EventId);
                break;
            case SubmitRequest submit:
                Change(session, submit.Id, () => _orders.Submit(account, submit.Ticket));
                break;
            case ModifyRequest modify:
                Change(session, modify.Id, () => _orders.Modify(
                    account, modify.DealReference, modify.Epic, modify.StopPrice, modify.LimitPrice));
                break;
            case CancelRequest cancel:
                Change(session, cancel.Id, () => _orders.Cancel(account, cancel.DealReference));
                break;
            case SubscribeRequest subscribe:
                var result = _streams.Subscribe(account, subscribe.Epic, subscribe.TimeFrameSeconds);
                Answer(session, new MarketDataReply(subscribe.Id, result));
                Advance(account, subscribe.Epic);
                break;
            case UnsubscribeRequest unsubscribe:
                Answer(session, new MarketDataReply(unsubscribe.Id, _streams.Unsubscribe(account, unsubscribe.Epic)));
                break;
            default:
                Answer(session, Query(account, request));
                break;
        }
    }

    private PaperReply Query(PaperAccount account, PaperRequest request) => request switch
    {
        LookUpRequest lookUp => new LookUpReply(lookUp.Id, _queries.LookUp(account, lookUp.DealReference)),
        OpenOrdersRequest => new OpenOrdersReply(request.Id, _queries.OpenOrders(account)),
        PortfolioRequest => new PortfolioReply(request.Id, _queries.Portfolio(account)),
        FillsRequest fills => new FillsReply(fills.Id, _queries.Fills(account, fills.Cursor)),
        HistoryRequest history => new HistoryReply(
            history.Id, _queries.History(account, history.Epic, history.TimeFrameSeconds, history.Count)),
        TimeRequest => new TimeReply(request.Id, _queries.Time(account)),
        _ => throw new InvalidOperationException($"{request.GetType().Name} has no answer"),
    };

    private void Change(PaperSession session, long id, Func<OrderAnswer> change)
    {
        if (_faults.LosesRequest())
        {
            return;
        }

        var answer = change();
        if (!_faults.LosesReply())
        {
            Answer(session, new OrderReply(id, answer));
        }
    }

    private void Acknowledge(PaperAccount account, long eventId)
    {
        account.Unacknowledged.TryGetValue(eventId, out var pending);
        _book.Acknowledge(account, eventId);
        if (pending?.Stream is { } stream && _book.Options.Clock == PaperClockMode.Lockstep)
        {
            _clockwork.Advance(stream);
        }
    }

    private void Advance(PaperAccount account, string epic)
    {
        if (account.Streams.TryGetValue(epic, out var stream) && _book.Options.Clock == PaperClockMode.Lockstep)
        {
            _clockwork.Advance(stream);
        }
    }

    private void Tick()
    {
        foreach (var account in _book.Accounts.Values)
        {
            foreach (var stream in account.Streams.Values)
            {
                _clockwork.Tick(stream);
            }
        }
    }

    private void Answer(PaperSession session, PaperReply reply) =>
        _book.Step.Answers.Add((session, PaperFraming.Encode<PaperMessage>(reply, PaperJson.Default.PaperMessage)));

    private void Commit()
    {
        var step = _book.Step;
        if (step.ChangesAnything)
        {
            var lines = step.Ledger.ConvertAll(line => (line.N, line.ToJson()));
            _store.Commit(step, lines, _ledger?.Last ?? 0);
            _ledger?.Append(lines);
        }

        foreach (var (session, frame) in step.Greetings)
        {
            session.Send(frame);
        }

        foreach (var (session, frame) in step.Answers)
        {
            session.Answer(frame);
        }

        foreach (var account in step.Deliveries)
        {
            _delivery.Deliver(account);
        }

        foreach (var account in step.Figures)
        {
            _delivery.SendFigures(account);
        }

        step.Clear();
    }
}
