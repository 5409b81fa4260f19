using System.Text.Json;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Api.Notices.Support;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Engine.Systems;
using MaoTrade.Tests.Engine.Trading;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Engine.Gateway;

/// <summary>From bars a desk decides on, by rows of a real store, to a gateway's history.</summary>
public sealed class BarSenderTests : IDisposable
{
    private const int Minute = 60;

    /// <summary>2026-01-05T08:00:00Z.</summary>
    private const long Start = 1_767_600_000;

    private readonly SystemDesk _desk = new(tellsGateway: true);
    private readonly EngineStores _stores = new();
    private readonly TradeInbox _inbox = new();
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    public BarSenderTests()
    {
        _stores.Current = _desk.Store;
        _desk.Start(new ProbeSystem());
    }

    public void Dispose()
    {
        _desk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Bars_reach_the_history_and_leave_the_store_with_the_next_bar()
    {
        await using var gateway = await Api.Support.Gateway.StartAsync();
        var ticker = await LinkedTicker.AddAsync(gateway, "EUR", "EURUSD");
        using var client = Client(gateway);
        var sender = Sender(client);
        Bars(0, 5);

        await sender.RoundAsync(CancellationToken.None);
        await sender.RoundAsync(CancellationToken.None);
        Settle();
        Bars(5, 1);

        (await ticker.BarsAsync(Minute)).Should().Equal(Expected(0, 5));
        Waiting().Should().Equal(Expected(5, 1));
        await sender.RoundAsync(CancellationToken.None);
        (await ticker.BarsAsync(Minute)).Should().Equal(Expected(0, 6));
    }

    [Fact]
    public async Task An_engine_killed_before_its_rows_are_gone_tells_again_and_nothing_is_doubled_or_lost()
    {
        await using var gateway = await Api.Support.Gateway.StartAsync();
        var ticker = await LinkedTicker.AddAsync(gateway, "EUR", "EURUSD");
        using var client = Client(gateway);
        Bars(0, 3);
        await Sender(client).RoundAsync(CancellationToken.None);

        _inbox.Drain(default!);
        _desk.Restart(new ProbeSystem());
        _stores.Current = _desk.Store;
        Bars(3, 2);
        Waiting().Should().Equal(Expected(0, 5));
        await Sender(client).RoundAsync(CancellationToken.None);
        Settle();
        Bars(5, 1);

        Waiting().Should().Equal(Expected(5, 1));
        (await ticker.BarsAsync(Minute)).Should().Equal(Expected(0, 5));
    }

    [Fact]
    public async Task While_the_gateway_is_away_bars_wait_in_order_and_the_oldest_go_when_there_are_too_many()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Answer = _ => new RecordedAnswer(503, "{}");
        using var client = Client(server.Url.ToString(), "k", "s");
        var sender = Sender(client);
        Bars(0, 2_010);
        await sender.RoundAsync(CancellationToken.None);
        _inbox.Reader.Count.Should().Be(0);
        Waiting().Should().Equal(Expected(10, 2_000));

        server.Answer = _ => new RecordedAnswer(200, Answer("EURUSD", 0));
        for (var round = 0; round < 6; round++)
        {
            await sender.RoundAsync(CancellationToken.None);
        }

        server.Requests.Skip(1).SelectMany(request => Sent(request.Body)).Should().Equal(Enumerable.Range(10, 2_000).Select(n => Start + (n * Minute)));
        server.Requests.Should().HaveCount(5, "500 bars go together, and none again");
        Settle();
        Bars(2_010, 1);
        Waiting().Should().Equal(Expected(2_010, 1));
    }

    [Fact]
    public async Task What_the_gateway_has_no_use_for_is_offered_again_after_ten_minutes()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Answer = _ => new RecordedAnswer(200, Answer("EURUSD", 20));
        using var client = Client(server.Url.ToString(), "k", "s");
        var sender = Sender(client);
        Bars(0, 2);

        await sender.RoundAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(599));
        await sender.RoundAsync(CancellationToken.None);
        server.Requests.Should().ContainSingle();
        _clock.Advance(TimeSpan.FromSeconds(1));
        server.Answer = _ => new RecordedAnswer(200, Answer("EURUSD", 0));
        Bars(2, 1);
        await sender.RoundAsync(CancellationToken.None);

        Sent(server.Requests[^1].Body).Should().Equal(Start, Start + Minute, Start + (2 * Minute));
    }

    [Fact]
    public async Task A_bar_the_gateway_will_never_take_does_not_hold_up_the_others()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Answer = _ => new RecordedAnswer(200, Answer("EURUSD", 0, """[{"row":1,"message":"the volume is below 0"}]"""));
        using var client = Client(server.Url.ToString(), "k", "s");
        Bars(0, 2);

        await Sender(client).RoundAsync(CancellationToken.None);
        Settle();
        Bars(2, 1);

        Waiting().Should().Equal(Expected(2, 1));
    }

    [Theory]
    [InlineData("""{"code":0,"message":"","data":{"accepted":0,"results":[]}}""")]
    [InlineData("""{"code":0,"message":"","data":{"accepted":0}}""")]
    [InlineData("""{"code":0,"message":"","data":{"accepted":1,"results":[{"epic":"GBPUSD","timeFrame":60,"code":0,"message":"","added":1,"known":0,"refused":[]}]}}""")]
    [InlineData("""{"code":50,"message":"","data":null}""")]
    [InlineData("nothing")]
    public async Task An_answer_that_is_not_about_the_bars_sent_leaves_them_waiting(string answer)
    {
        await using var server = await RecordingServer.StartAsync();
        server.Answer = _ => new RecordedAnswer(200, answer);
        using var client = Client(server.Url.ToString(), "k", "s");
        Bars(0, 2);

        await Sender(client).RoundAsync(CancellationToken.None);

        _inbox.Reader.Count.Should().Be(0);
        Waiting().Should().Equal(Expected(0, 2));
    }

    [Fact]
    public void Without_a_gateway_no_bar_is_kept_for_it()
    {
        using var desk = new SystemDesk();
        desk.Start(new ProbeSystem());

        desk.Bar(Start, 1m);

        desk.Count("frames").Should().Be(1);
        desk.Count("bars").Should().Be(0);
    }

    private static string Answer(string epic, int code, string refused = "[]") =>
        $$$"""{"code":0,"message":"","data":{"accepted":1,"results":[{"epic":"{{{epic}}}","timeFrame":60,"code":{{{code}}},"message":"m","added":1,"known":0,"refused":{{{refused}}}}]}}""";

    private static IEnumerable<long> Sent(string body) => JsonDocument.Parse(body).RootElement.GetProperty("bars").EnumerateArray()
        .SelectMany(part => part.GetProperty("frames").EnumerateArray()).Select(frame => frame[0].GetInt64());

    private static Frame[] Expected(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(n => new Frame(Start + (n * Minute), n + 1, n + 1, n + 1, n + 1, 0))];

    private void Bars(int first, int count)
    {
        for (var n = first; n < first + count; n++)
        {
            _desk.Bar(Start + (n * Minute), n + 1);
        }
    }

    private IReadOnlyList<Frame> Waiting() => _desk.Store.WaitingBars(new LiveSeries("EURUSD", Minute), long.MinValue, int.MaxValue);

    private GatewayClient Client(Api.Support.Gateway gateway) => Client(gateway.App.Urls.First(), gateway.EngineKey.KeyId, gateway.EngineKey.Secret);

    private GatewayClient Client(string url, string keyId, string secret)
    {
        var file = _folder.File("service.key");
        File.WriteAllText(file, $$"""{"keyId":"{{keyId}}","secret":"{{secret}}"}""");
        return new GatewayClient(new GatewayOptions(new Uri(url), file), TimeProvider.System);
    }

    private BarSender Sender(GatewayClient client) => new(client, _stores, _inbox, _clock, NullLogger<BarSender>.Instance);

    /// <summary>The trade loop takes what waits for it.</summary>
    private void Settle()
    {
        while (_inbox.TryTake(out var input))
        {
            _desk.Take(input.Should().BeOfType<BarsTakenInput>().Subject);
        }
    }
}
