using System.Text.Json;
using System.Threading.Channels;
using MaoTrade.Engine.Live;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Tests.Engine.Trading;
using MaoTrade.Tests.Simulation;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Live;

/// <summary>A desk whose commits are told live: every step is taken to its end before the next one.</summary>
internal sealed class LiveDesk : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Desk _parts = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public LiveDesk(long first = 1_000)
    {
        Store = new TableStore();
        Trading = new TradeDesk(Store, _parts.Tools, Clock, _parts.State);
        Board = new SnapshotBoard("demo", Clock);
        Feed = new LiveFeed("demo", Board, new EngineStores { Current = Store }, Clock);
        Feed.Begin(first);
        Board.Publish(Trading.State);
        _running = Feed.RunAsync(Failures.Add, _stop.Token);
    }

    public FakeClock Clock => _parts.Clock;

    public TableStore Store { get; }

    public TradeDesk Trading { get; }

    public SnapshotBoard Board { get; }

    public LiveFeed Feed { get; }

    public List<Exception> Failures { get; } = [];

    /// <summary>Decides inputs, commits them together and shows them, as the trade loop does.</summary>
    public void Take(params TradeInput[] inputs)
    {
        Trading.Clear();
        foreach (var input in inputs)
        {
            Trading.Decide(input);
        }

        Trading.Commit();
        Board.Publish(Trading.State, Trading.Turns);
    }

    public void Take(TradeCommand command) => Take(new CommandInput(new CommandTicket(null, long.MaxValue), command));

    public static OpenPositionCommand Buy(string clientOrderId) => new()
    {
        SrvId = 1,
        ClientOrderId = clientOrderId,
        Epic = "EURUSD",
        OpType = MaoTrade.Engine.Orders.OrderOpType.Buy,
        Qty = 1,
    };

    /// <summary>Subscribes; <paramref name="from"/> as <c>orders:1003</c>.</summary>
    public Listener Listen(LiveChannel[] channels, params (LiveChannel Channel, long Seq)[] from)
    {
        Feed.TryOpen(new LiveWish([.. channels], System.Collections.Immutable.ImmutableDictionary.CreateRange(
            from.Select(pair => KeyValuePair.Create(pair.Channel, pair.Seq)))), out var subscription).Should().BeTrue();
        return new Listener(subscription);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        Failures.Should().BeEmpty();
    }

    /// <summary>A subscriber, reply by reply.</summary>
    public sealed class Listener
    {
        private readonly Channel<bool> _woken = Channel.CreateUnbounded<bool>();

        public Listener(LiveSubscription subscription)
        {
            Subscription = subscription;
            subscription.Start(() => _woken.Writer.TryWrite(true));
        }

        public LiveSubscription Subscription { get; }

        public async Task<(int Code, string Message, JsonElement Data, bool More)> NextAsync()
        {
            while (true)
            {
                if (Subscription.TryTake(out var reply))
                {
                    return (reply.Code, reply.Message, reply.Data.IsEmpty ? default : JsonDocument.Parse(reply.Data).RootElement, reply.More);
                }

                await _woken.Reader.ReadAsync().AsTask().WaitAsync(Deadline);
            }
        }

        /// <summary>The next reply as <c>orders change 1001</c>, and its data.</summary>
        public async Task<(string What, JsonElement Data)> EventAsync()
        {
            var (code, message, data, more) = await NextAsync();
            code.Should().Be(0, message);
            more.Should().BeTrue();
            return ($"{data.GetProperty("channel").GetString()} {data.GetProperty("type").GetString()} {data.GetProperty("seq").GetInt64()}",
                data.GetProperty("data"));
        }

        public async Task ExpectAsync(params string[] events)
        {
            foreach (var expected in events)
            {
                (await EventAsync()).What.Should().Be(expected);
            }
        }
    }
}
