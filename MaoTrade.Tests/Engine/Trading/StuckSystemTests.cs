using System.Collections.Frozen;
using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Frames;
using MaoTrade.Protocol.Messages;
using MaoTrade.Tests.Engine.Systems;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>A system that does not give the loop back loses it; everybody else trades on.</summary>
public sealed class StuckSystemTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly TradeInbox _inbox = new();
    private readonly SnapshotBoard _board = new("demo", TimeProvider.System);
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _release = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _returned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _eventId;

    private string Connection => new SqliteConnectionStringBuilder { DataSource = _folder.File("mt.db"), Pooling = false }.ToString();

    public async ValueTask DisposeAsync()
    {
        _release.Set();
        await _stop.CancelAsync();
        _stop.Dispose();
        _release.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_system_that_holds_the_loop_is_put_in_error_and_the_others_trade_on()
    {
        var other = new ProbeSystem("Other");
        await using var first = new ScriptedBroker();
        var session = await BeginAsync(first, other);
        var slow = await CreateAsync("Slow", "GBPUSD");
        await CreateAsync("Other", "EURUSD");
        Bar(first, "EURUSD", 60);
        await Until.TrueAsync("the other system has its frame", Patience, () => Task.FromResult(other.Frames == 1));

        Bar(first, "GBPUSD", 60);
        await _entered.Task.WaitAsync(Patience);
        var waiting = new CommandTicket(null, long.MaxValue);
        _inbox.TryPost(waiting, new BlockSignalCommand { SrvId = 9, SignalId = slow, Blocked = true });

        var end = () => session.WaitAsync(Patience);
        var stuck = (await end.Should().ThrowAsync<SystemStuckException>()).Which.Call;
        stuck.SignalId.Should().Be(slow);
        _inbox.Drain(MaoTrade.Engine.Server.ServiceReply.Failure(ReplyCode.NotReady, "begins anew"));
        (await waiting.Reply.WaitAsync(Patience)).Code.Should().Be(ReplyCode.NotReady);

        await using var second = new ScriptedBroker { Answer = new OrderAnswer(OrderAnswerKind.Accepted, "D1", 0, "") };
        var resumed = new ProbeSystem("Other") { Decision = SystemDecision.Buy(2m) };
        await BeginAsync(second, resumed, stuck);
        _board.State!.Signals[slow].Should().Match<Signal>(s =>
            s.State == SignalState.Error && s.Error == "Slow did not answer within 200 ms");
        resumed.Frames.Should().Be(1, "it goes on where it was");
        Bar(second, "EURUSD", 120);
        var ticket = await second.Submitted.ReadAsync().AsTask().WaitAsync(Patience);
        ticket.Epic.Should().Be("EURUSD");

        var version = _board.State.Version;
        _release.Set();
        await _returned.Task.WaitAsync(Patience);
        Bar(second, "EURUSD", 180);
        await Until.TrueAsync("the new loop goes on", Patience, () => Task.FromResult(resumed.Frames == 3));
        using var store = new EngineStore(Connection);
        store.Load().SystemStates.Should().HaveCount(2);
        SystemStateDocument.Read(store.Load().SystemStates[slow]).State.GetInt64("frames")
            .Should().Be(0, "what the stuck call did is not stored, however late it returns");
        _board.State.Version.Should().BeGreaterThan(version);
    }

    [Fact]
    public async Task A_command_whose_system_holds_the_loop_is_answered()
    {
        await using var broker = new ScriptedBroker();
        var session = await BeginAsync(broker, new ProbeSystem("Other"));
        var ticket = new CommandTicket(null, long.MaxValue);

        _inbox.TryPost(ticket, Proposal("SlowToValidate", "GBPUSD"));

        (await ticket.Reply.WaitAsync(Patience)).Should().Match<MaoTrade.Engine.Server.ServiceReply>(r =>
            r.Code == ReplyCode.NotReady && r.Message.Contains("did not answer"));
        var end = () => session.WaitAsync(Patience);
        await end.Should().ThrowAsync<SystemStuckException>();
    }

    private static UpsertSignalCommand Proposal(string system, string epic) => new()
    {
        SrvId = 6,
        Signal = new SignalProposal { Epic = epic, System = system, TimeFrame = 60, Params = JsonDocument.Parse("{}").RootElement },
    };

    private async Task<string> CreateAsync(string system, string epic)
    {
        var ticket = new CommandTicket(null, long.MaxValue);
        _inbox.TryPost(ticket, Proposal(system, epic)).Should().BeTrue();
        var reply = await ticket.Reply.WaitAsync(Patience);
        reply.Code.Should().Be(0, reply.Message);
        return JsonDocument.Parse(reply.Data).RootElement.GetProperty("signal").GetProperty("signalId").GetString()!;
    }

    private void Bar(ScriptedBroker broker, string epic, long frame) => broker.Say(new FrameEvent(
        ++_eventId, epic, 60, new Frame(frame, 1m, 1m, 1m, 1m, 0), true, false, DateTimeOffset.FromUnixTimeSeconds(frame + 60)));

    private void Hold()
    {
        _entered.TrySetResult();
        _release.Wait(Patience);
        _returned.TrySetResult();
    }

    private async Task<Task> BeginAsync(ScriptedBroker broker, ProbeSystem other, params StuckCall[] stuck)
    {
        await SchemaMigration.ApplyAsync(Connection, CancellationToken.None);
        var catalog = new SystemCatalog(
            () => other,
            () => new ProbeSystem("Slow") { OnFrame = (_, _) => Hold(), OnResume = () => throw new InvalidOperationException("not called") },
            () => new ProbeSystem("SlowToValidate") { OnValidate = Hold });
        var rules = new TradingRules("demo", TimeZoneInfo.Utc, FrozenDictionary<string, SymbolRules>.Empty);
        var session = new TradingSession(
            new EngineStore(Connection), broker, _inbox, _board, new AccountConfig(true, "23:45", new RiskLimits(), 1), catalog, rules,
            TimeProvider.System, NullLoggerFactory.Instance)
        {
            CallDeadline = TimeSpan.FromMilliseconds(200),
            Stuck = stuck,
        };
        var run = session.RunAsync(_stop.Token);
        await Until.TrueAsync("the session is reconciled", Patience, () => Task.FromResult(
            run.IsCompleted || (session.IsRestored && _board.State is { Stage: EngineStage.Ready, BrokerConnected: true })));
        return run;
    }
}
