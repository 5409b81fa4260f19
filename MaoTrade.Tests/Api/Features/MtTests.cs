using System.Text.Json.Nodes;
using MaoApi.Data.Entities;
using MaoApi.Secrets;
using MaoTrade.Tests.Api.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Features;

public sealed class MtTests
{
    private const string Summary =
        """{"date":"2026-01-05","startEquity":1000,"endEquity":1010.5,"currency":"EUR","figures":{"trades":2,"sharpe":null}}""";

    [Fact]
    public async Task An_engine_reads_everything_of_its_own_account_and_of_no_other()
    {
        await using var gateway = await Gateway.StartAsync();
        await SetUpAsync(gateway);

        var reply = await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Get, "/mt/config");

        reply.Status.Should().Be(200);
        var config = reply.Data;
        config["accountId"]!.ToString().Should().Be("one");
        config["broker"]!.ToJsonString().Should().Be("""{"code":"paper","amclass":"Paper","config":{"a":1}}""");
        config["accountData"]!.ToJsonString().Should().Be("""{"key":"k","secret":"s"}""");
        JsonNode.DeepEquals(config["symbols"], JsonNode.Parse(
            """[{"epic":"EURUSD","epicData":"EURUSD.D","name":"Euro","brokerEpic":"CS.EURUSD","session":null,"minQty":1,"maxQty":100,"qtyStep":0.5,"priceStep":0.0001,"feeRate":0.001,"currency":"USD"}]""")).Should().BeTrue(config["symbols"]!.ToJsonString());
        config["risk"]!.ToJsonString().Should().Be("""{"enabled":true,"maxQty":5}""");
        config["systems"]!.ToJsonString().Should().Be("""["FUTM","Mine"]""");
        config["plugins"]!.ToJsonString().Should().Be("""[{"file":"Mine.dll","sha256":"ab"}]""");
        config["flags"]!.ToJsonString().Should().Be("""{"all":true,"none":false,"off":false}""");
    }

    [Fact]
    public async Task An_unchanged_configuration_is_not_sent_again_and_a_changed_one_is()
    {
        await using var gateway = await Gateway.StartAsync();
        await SetUpAsync(gateway);
        var tag = (await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Get, "/mt/config")).Headers.ETag!.ToString();

        (await StatusAsync(gateway, tag)).Should().Be(304);
        (await StatusAsync(gateway, "\"other\"")).Should().Be(200);
        await using (var context = gateway.Database())
        {
            context.BrokerSymbols.Single().MaxQty = 200;
            await context.SaveChangesAsync();
        }

        (await StatusAsync(gateway, tag)).Should().Be(200);
    }

    [Theory]
    [InlineData("epic=EURUSD", 200)]
    [InlineData("ticker=EUR", 200)]
    [InlineData("epic=NOTHING", 404)]
    [InlineData("ticker=NOTHING", 404)]
    [InlineData("", 422)]
    [InlineData("epic=EURUSD&ticker=EUR", 422)]
    public async Task An_epic_is_found_by_its_name_or_its_ticker(string query, int status)
    {
        await using var gateway = await Gateway.StartAsync();
        await SetUpAsync(gateway);

        var reply = await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Get, $"/mt/epic?{query}");

        reply.Status.Should().Be(status);
        if (status == 200)
        {
            reply.Data.ToJsonString().Should().Be("""{"epic":"EURUSD","epicData":"EURUSD.D","brokerEpic":"CS.EURUSD","tickerId":1}""");
        }
    }

    [Fact]
    public async Task A_summary_told_again_takes_the_place_of_the_earlier_one()
    {
        await using var gateway = await Gateway.StartAsync();

        (await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Post, "/mt/summary", Summary)).Status.Should().Be(200);
        var again = await gateway.SignedAsync(
            gateway.EngineKey, HttpMethod.Post, "/mt/summary", Summary.Replace("1010.5", "1020.5", StringComparison.Ordinal));

        again.Status.Should().Be(200);
        await using var context = gateway.Database();
        var stored = await context.DailySummaries.SingleAsync();
        (stored.Date, stored.EndEquity, stored.Figures).Should().Be((new DateOnly(2026, 1, 5), 1020.5m, """{"trades":2,"sharpe":null}"""));
    }

    [Theory]
    [InlineData("""{"date":"2026-13-05","startEquity":1,"endEquity":1,"currency":"EUR","figures":{}}""")]
    [InlineData("""{"date":"2026-01-05","startEquity":"1","endEquity":1,"currency":"EUR","figures":{}}""")]
    [InlineData("""{"date":"2026-01-05","startEquity":1,"endEquity":1,"currency":"euro","figures":{}}""")]
    [InlineData("""{"date":"2026-01-05","startEquity":1,"endEquity":1,"currency":"EUR","figures":[]}""")]
    [InlineData("""{"date":"2026-01-05","startEquity":1,"endEquity":1,"currency":"EUR","figures":{},"accountId":"two"}""")]
    [InlineData("""{}""")]
    public async Task A_summary_that_is_none_is_refused(string body)
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Post, "/mt/summary", body);

        (reply.Status, reply.Code).Should().Be((422, 30));
        await using var context = gateway.Database();
        context.DailySummaries.Should().BeEmpty();
    }

    [Fact]
    public async Task An_event_told_again_is_the_same_event_and_tells_people_once()
    {
        await using var gateway = await Gateway.StartAsync();
        var body = Events(Event("event-0001"), Event("event-0002"), Event("event-0002"));

        var first = await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Post, "/mt/event", body);
        var second = await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Post, "/mt/event", body);

        ((int)first.Data["accepted"]!, (int)second.Data["accepted"]!).Should().Be((3, 3));
        await using var context = gateway.Database();
        context.EngineEvents.Select(told => told.EventId).Should().BeEquivalentTo("event-0001", "event-0002");
        context.Notifications.Include(notice => notice.User).AsEnumerable().Select(notice => (notice.User!.UserId, notice.EventId)).Should().BeEquivalentTo(
        [
            ("owner", "event-0001"), ("owner", "event-0002"), ("viewer", "event-0001"), ("viewer", "event-0002"),
        ]);
        context.Notifications.First().Title.Should().Be("one: Order refused");
    }

    [Fact]
    public async Task The_same_events_told_at_the_same_moment_are_stored_once()
    {
        await using var gateway = await Gateway.StartAsync();
        var body = Events([.. Enumerable.Range(0, 20).Select(number => Event($"event-{number:0000}"))]);

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => gateway.SignedAsync(gateway.EngineKey, HttpMethod.Post, "/mt/event", body)));

        replies.Should().AllSatisfy(reply => ((int)reply.Data["accepted"]!).Should().Be(20));
        await using var context = gateway.Database();
        context.EngineEvents.Should().HaveCount(20);
        context.Notifications.Should().HaveCount(40);
    }

    [Theory]
    [InlineData("""{"eventId":"event-0001","at":"2026-01-05T08:00:00Z","type":"party","severity":"error","title":"t","message":"m"}""")]
    [InlineData("""{"eventId":"short","at":"2026-01-05T08:00:00Z","type":"push","severity":"error","title":"t","message":"m"}""")]
    [InlineData("""{"eventId":"event-0001","at":"yesterday","type":"push","severity":"error","title":"t","message":"m"}""")]
    [InlineData("""{"eventId":"event-0001","at":"2026-01-05T08:00:00Z","type":"push","severity":"loud","title":"t","message":"m"}""")]
    [InlineData("""{"eventId":"event-0001","at":"2026-01-05T08:00:00Z","type":"push","severity":"info","title":"","message":"m"}""")]
    [InlineData("""{"eventId":"event-0001","at":"2026-01-05T08:00:00Z","type":"push","severity":"info","title":"t","message":"m","data":[]}""")]
    [InlineData("""{"eventId":"event-0001","at":"2026-01-05T08:00:00Z","type":"push","severity":"info","title":"t","message":"m","accountId":"two"}""")]
    [InlineData("17")]
    [InlineData("null")]
    public async Task One_bad_event_is_told_so_and_harms_no_other(string bad)
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Post, "/mt/event", Events(Event("event-good-1"), bad, Event("event-good-2")));

        reply.Status.Should().Be(200);
        ((int)reply.Data["accepted"]!).Should().Be(2);
        reply.Data["results"]!.AsArray().Select(result => (int)result!["code"]!).Should().Equal(0, 30, 0);
        reply.Data["results"]![1]!["message"]!.ToString().Should().NotBeEmpty();
        await using var context = gateway.Database();
        context.EngineEvents.Select(told => told.EventId).Should().BeEquivalentTo("event-good-1", "event-good-2");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task No_events_and_more_than_a_hundred_are_refused(int count)
    {
        await using var gateway = await Gateway.StartAsync();
        var body = Events([.. Enumerable.Range(0, count).Select(number => Event($"event-{number:0000}"))]);

        var reply = await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Post, "/mt/event", body);

        (reply.Status, reply.Code).Should().Be((422, 30));
    }

    [Theory]
    [InlineData("GET", "/mt/config", null)]
    [InlineData("GET", "/mt/epic?epic=EURUSD", null)]
    [InlineData("POST", "/mt/summary", Summary)]
    [InlineData("POST", "/mt/event", """{"events":[]}""")]
    [InlineData("POST", "/mt/bars", """{"bars":[]}""")]
    public async Task Only_an_engines_own_key_opens_the_door(string method, string path, string? body)
    {
        await using var gateway = await Gateway.StartAsync();
        foreach (var key in new[] { gateway.ServiceKey, gateway.MonitorKey })
        {
            var reply = await gateway.SignedAsync(key, new HttpMethod(method), path, body);
            (reply.Status, reply.Code).Should().Be((403, 14), path);
        }

        var user = await gateway.SendAsync(new HttpMethod(method), path, gateway.TokenOf("admin"), body);
        user.Status.Should().Be(401);
        gateway.HandlersRun.Should().Be(0);
    }

    [Fact]
    public async Task An_account_that_is_no_more_is_told_nothing()
    {
        await using var gateway = await Gateway.StartAsync();
        await using (var context = gateway.Database())
        {
            context.Accounts.Single(account => account.AccountId == "one").IsActive = false;
            await context.SaveChangesAsync();
        }

        (await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Get, "/mt/config")).Status.Should().Be(403);
        (await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Post, "/mt/summary", Summary)).Status.Should().Be(403);
        (await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Post, "/mt/event", Events(Event("event-0001")))).Status.Should().Be(403);
        (await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Post, "/mt/bars", """{"bars":[1]}""")).Status.Should().Be(403);
    }

    private static string Event(string id) =>
        $$$"""{"eventId":"{{{id}}}","at":"2026-01-05T08:00:00Z","type":"order_error","severity":"error","signalId":"s1","title":"Order refused","message":"no margin","data":{"orderId":"o1"}}""";

    private static string Events(params string[] events) => $$"""{"events":[{{string.Join(',', events)}}]}""";

    private static async Task<int> StatusAsync(Gateway gateway, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mt/config");
        SignedRequest.Sign(request, gateway.EngineKey, "", TimeProvider.System.GetUtcNow());
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var response = await gateway.Http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static async Task SetUpAsync(Gateway gateway)
    {
        await using var context = gateway.Database();
        var account = context.Accounts.Include(row => row.Broker).Single(row => row.AccountId == "one");
        account.AccountData = gateway.App.Services.GetRequiredService<AccountSecrets>().Protect("one", """{"key":"k","secret":"s"}""");
        account.Config = """{"risk":{"enabled":true,"maxQty":5}}""";
        account.Broker!.Config = """{"a":1}""";
        context.Add(new BrokerSymbol
        {
            Symbol = new Symbol { Epic = "EURUSD", DataEpic = "EURUSD.D", Name = "Euro", IsEnabled = true },
            Broker = account.Broker,
            BrokerEpic = "CS.EURUSD",
            MinQty = 1,
            MaxQty = 100,
            QtyStep = 0.5m,
            PriceStep = 0.0001m,
            FeeRate = 0.001m,
            Currency = "USD",
        });
        context.Add(new TradingSystem { Name = "FUTM", IsActive = true });
        context.Add(new TradingSystem { Name = "Mine", IsActive = true, PluginFile = "Mine.dll", PluginSha256 = "ab" });
        context.Add(new TradingSystem { Name = "Old", IsActive = false, PluginFile = "Old.dll" });
        context.Add(new Flag { Name = "all", IsEnabled = true });
        context.Add(new Flag { Name = "none", IsEnabled = true, Percent = 0 });
        context.Add(new Flag { Name = "off", IsEnabled = false });
        await using var history = await gateway.App.Services
            .GetRequiredService<IDbContextFactory<MaoApi.Data.MaoDataContext>>().CreateDbContextAsync();
        var ticker = new MaoApi.Data.History.Ticker { Symbol = "EUR", Name = "Euro", Source = "store", IsEnabled = true };
        history.Add(ticker);
        await history.SaveChangesAsync();
        context.Add(new SymbolTicker { DataEpic = "EURUSD.D", TickerKey = ticker.Id, IsEnabled = true });
        await context.SaveChangesAsync();
    }
}
