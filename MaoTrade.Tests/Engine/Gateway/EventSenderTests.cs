using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Tests.Api.Notices.Support;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Engine.Trading;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Engine.Gateway;

/// <summary>From rows of a real store to a gateway, and back.</summary>
public sealed class EventSenderTests : IDisposable
{
    private readonly SystemDesk _desk = new();
    private readonly EngineStores _stores = new();
    private readonly TradeInbox _inbox = new();
    private readonly TemporaryFolder _folder = new();

    public EventSenderTests() => _stores.Current = _desk.Store;

    public void Dispose()
    {
        _desk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_happened_reaches_the_gateway_once_and_leaves_the_store()
    {
        await using var gateway = await Api.Support.Gateway.StartAsync();
        using var client = Client(gateway.App.Urls.First(), gateway.EngineKey.KeyId, gateway.EngineKey.Secret);
        var sender = Sender(client);
        Report(new EngineEvent(EventTypes.OrderError, Severity.Error, "s1", "Order on EURUSD failed", "no margin"));
        Report(new EngineEvent(
            EventTypes.Summary, Severity.Info, null, "Summary", """{"date":"2026-01-05","startEquity":1,"endEquity":2,"currency":"EUR","figures":{"trades":1}}"""));

        await sender.RoundAsync(CancellationToken.None);
        Settle();

        _desk.Store.WaitingEvents(10).Should().BeEmpty();
        await using var context = gateway.Database();
        var told = await context.EngineEvents.SingleAsync();
        (told.Type, told.Severity, told.SignalId, told.Title, told.Message).Should().Be(("order_error", "error", "s1", "Order on EURUSD failed", "no margin"));
        (await context.DailySummaries.SingleAsync()).EndEquity.Should().Be(2m);
        context.Notifications.Should().HaveCount(2, "owner and viewer are told");
    }

    [Fact]
    public async Task An_engine_killed_between_the_answer_and_the_commit_tells_again_and_people_are_told_once()
    {
        await using var gateway = await Api.Support.Gateway.StartAsync();
        using var client = Client(gateway.App.Urls.First(), gateway.EngineKey.KeyId, gateway.EngineKey.Secret);
        Report(new EngineEvent(EventTypes.BrokerLost, Severity.Critical, null, "The broker is not connected", "away"));

        await Sender(client).RoundAsync(CancellationToken.None);
        _desk.Restart();
        _stores.Current = _desk.Store;
        _desk.Store.WaitingEvents(10).Should().ContainSingle("the loop never took it away");
        await Sender(client).RoundAsync(CancellationToken.None);
        Settle();

        _desk.Store.WaitingEvents(10).Should().BeEmpty();
        await using var context = gateway.Database();
        context.EngineEvents.Should().ContainSingle();
        context.Notifications.Should().HaveCount(2);
    }

    [Fact]
    public async Task While_the_gateway_is_away_everything_waits_in_order()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Answer = _ => new RecordedAnswer(503, "{}");
        using var client = Client(server.Url.ToString(), "k", "s");
        var sender = Sender(client);
        Report(new EngineEvent(EventTypes.Push, Severity.Info, "s1", "first", "m"));
        Report(new EngineEvent(EventTypes.Push, Severity.Info, "s1", "second", "m"));

        await sender.RoundAsync(CancellationToken.None);

        _inbox.Reader.Count.Should().Be(0);
        _desk.Store.WaitingEvents(10).Select(waiting => waiting.Event.Title).Should().Equal("first", "second");
        server.Answer = _ => new RecordedAnswer(200, """{"code":0,"message":"","data":{"accepted":2,"results":[]}}""");
        await sender.RoundAsync(CancellationToken.None);
        Settle();
        _desk.Store.WaitingEvents(10).Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_is_sent_again_while_its_row_is_being_taken_away()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Answer = _ => new RecordedAnswer(200, """{"code":0,"message":"","data":{"accepted":1,"results":[]}}""");
        using var client = Client(server.Url.ToString(), "k", "s");
        var sender = Sender(client);
        Report(new EngineEvent(EventTypes.Push, Severity.Info, "s1", "first", "m"));

        await sender.RoundAsync(CancellationToken.None);
        await sender.RoundAsync(CancellationToken.None);

        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task An_event_the_gateway_will_never_take_does_not_hold_up_the_others()
    {
        await using var server = await RecordingServer.StartAsync();
        using var client = Client(server.Url.ToString(), "k", "s");
        Report(new EngineEvent(EventTypes.Push, Severity.Info, "s1", "", ""));
        var id = _desk.Store.WaitingEvents(1)[0].EventId;
        server.Answer = _ => new RecordedAnswer(200, $$$"""{"code":0,"message":"","data":{"accepted":0,"results":[{"eventId":"{{{id}}}","code":30,"message":"title"}]}}""");

        await Sender(client).RoundAsync(CancellationToken.None);
        Settle();

        _desk.Store.WaitingEvents(10).Should().BeEmpty();
    }

    [Fact]
    public async Task A_gateway_that_stays_away_is_asked_ever_less_often()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Answer = _ => new RecordedAnswer(503, "{}");
        using var client = Client(server.Url.ToString(), "k", "s");
        var clock = new FakeClock();
        using var said = new LogLines();
        using var log = LoggerFactory.Create(builder => builder.AddProvider(said));
        using var sender = new EventSender(client, _stores, _inbox, clock, log.CreateLogger<EventSender>());
        Report(new EngineEvent(EventTypes.Push, Severity.Info, "s1", "t", "m"));
        await sender.StartAsync(CancellationToken.None);
        await Until.TrueAsync("it waits", TimeSpan.FromSeconds(60), () => Task.FromResult(clock.PendingTimers == 1));

        for (var second = 0; second < 20; second++)
        {
            var before = said.All.Count;
            clock.Advance(TimeSpan.FromSeconds(1));
            if (second is 0 or 2 or 6 or 14)
            {
                await Until.TrueAsync($"its failure at second {second} is told", TimeSpan.FromSeconds(60), () => Task.FromResult(said.All.Count > before));
            }
        }

        await sender.StopAsync(CancellationToken.None);
        server.Requests.Should().HaveCount(4, "after 2, 4 and 8 seconds, and next after 16");
    }

    private GatewayClient Client(string url, string keyId, string secret)
    {
        var file = _folder.File("service.key");
        File.WriteAllText(file, $$"""{"keyId":"{{keyId}}","secret":"{{secret}}"}""");
        return new GatewayClient(new GatewayOptions(new Uri(url), file), TimeProvider.System);
    }

    private EventSender Sender(GatewayClient client) => new(client, _stores, _inbox, TimeProvider.System, NullLogger<EventSender>.Instance);

    private void Report(EngineEvent told)
    {
        var changes = new ChangeSet(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
        changes.Events.Add(told);
        _desk.Store.Commit([changes], _desk.State);
    }

    /// <summary>The trade loop takes what waits for it.</summary>
    private void Settle()
    {
        while (_inbox.TryTake(out var input))
        {
            _desk.Take(input.Should().BeOfType<EventsTakenInput>().Subject);
        }
    }
}
