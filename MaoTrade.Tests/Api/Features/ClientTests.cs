using System.Text.Json.Nodes;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.History;
using MaoApi.Hosting;
using MaoApi.MarketData;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Api.Notices.Support;
using MaoTrade.Tests.Api.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Features;

public sealed class ClientTests
{
    private const string Preferences =
        """{"channels":{"push":false,"telegram":{"chatId":"77"},"webhook":{"url":"https://hooks.example.com/a"}},"events":["order_error"],"quietFrom":"22:00","quietTo":"07:00","timeZone":"Europe/Rome"}""";

    [Fact]
    public async Task A_watch_list_has_a_result_for_each_ticker_and_is_the_users_own()
    {
        await using var gateway = await Gateway.StartAsync();
        var id = await AddTickerAsync(gateway);

        var added = await gateway.PostAsync("/client/watchlist", $$"""{"tickerIds":[{{id}},999,{{id}}]}""");

        added.Data["results"]!.AsArray().Select(result => (int)result!["code"]!).Should().Equal(0, 20, 0);
        (await gateway.GetAsync("/client/watchlist")).Data["items"]!.ToJsonString()
            .Should().Be($$"""[{"tickerId":{{id}},"symbol":"EURUSD","name":"Euro / US dollar","market":"FX"}]""");
        (await gateway.GetAsync("/client/watchlist", "stranger")).Data["items"]!.AsArray().Should().BeEmpty();
        (await DeleteAsync(gateway, $"/client/watchlist/{id}", "stranger")).Status.Should().Be(404);
        (await DeleteAsync(gateway, $"/client/watchlist/{id}", "owner")).Status.Should().Be(200);
        (await gateway.GetAsync("/client/watchlist")).Data["items"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task A_store_is_written_by_who_read_its_last_version()
    {
        await using var gateway = await Gateway.StartAsync();
        var path = $"/client/datastore/{await AddTickerAsync(gateway)}";

        (await gateway.GetAsync(path)).Status.Should().Be(404);
        (await PutAsync(gateway, path, """{"store":{"a":1},"version":0}""")).Data["version"]!.ToString().Should().Be("1");
        (await PutAsync(gateway, path, """{"store":{"a":2},"version":0}""")).Code.Should().Be(22);
        (await PutAsync(gateway, path, """{"store":{"a":3},"version":1}""")).Data["version"]!.ToString().Should().Be("2");
        (await gateway.GetAsync(path)).Data["store"]!.ToJsonString().Should().Be("""{"a":3}""");
        (await gateway.GetAsync(path, "stranger")).Status.Should().Be(404);
        (await PutAsync(gateway, "/client/datastore/999", """{"store":{},"version":0}""")).Status.Should().Be(404);
        (await PutAsync(gateway, path, """{"store":[],"version":2}""")).Code.Should().Be(30);
        var limit = new string('x', (256 * 1024) - 8);
        (await PutAsync(gateway, path, $$"""{"store":{"a":"{{limit}}"},"version":2}""")).Status.Should().Be(200);
        (await PutAsync(gateway, path, $$"""{"store":{"a":"{{limit}}x"},"version":3}""")).Code.Should().Be(30);
    }

    [Fact]
    public async Task A_device_is_known_by_its_name_and_its_token_belongs_to_one_user()
    {
        await using var gateway = await Gateway.StartAsync();
        const string Device = """{"deviceId":"d1","token":"t1","platform":"android","brand":"b","model":"m"}""";

        (await gateway.PostAsync("/client/devices", Device)).Status.Should().Be(200);
        (await gateway.PostAsync("/client/devices", Device.Replace("t1", "t2", StringComparison.Ordinal))).Status.Should().Be(200);
        (await gateway.PostAsync("/client/devices", Device.Replace("t1", "t2", StringComparison.Ordinal), "stranger")).Status.Should().Be(200);

        var listed = await gateway.GetAsync("/client/devices");
        listed.Data["items"]!.ToJsonString().Should().Be("""[{"deviceId":"d1","platform":"android","brand":"b","model":"m","push":true,"registered":false}]""");
        await using (var context = gateway.Database())
        {
            context.Devices.Include(row => row.User).AsEnumerable().Select(row => (row.User!.UserId, row.PushToken)).Should().BeEquivalentTo([("owner", null), ("stranger", "t2")]);
        }

        (await DeleteAsync(gateway, "/client/devices/d1", "viewer")).Status.Should().Be(404);
        (await DeleteAsync(gateway, "/client/devices/d1", "owner")).Status.Should().Be(200);
        (await gateway.PostAsync("/client/devices", """{"deviceId":"d1","platform":"toaster"}""")).Code.Should().Be(30);
    }

    [Fact]
    public async Task Preferences_have_defaults_are_replaced_by_version_and_show_the_webhooks_secret()
    {
        await using var gateway = await Gateway.StartAsync();
        var before = await gateway.GetAsync("/client/preferences");
        (before.Data["version"]!.ToString(), before.Data["timeZone"]!.ToString(), (bool)before.Data["channels"]!["push"]!).Should().Be(("0", "UTC", true));
        before.Data["events"]!.AsArray().Should().HaveCount(6);

        var written = await PutAsync(gateway, "/client/preferences", Preferences);

        written.Status.Should().Be(200);
        written.Data["channels"]!["webhook"]!["secret"]!.ToString().Should().StartWith("whsec_");
        var read = await gateway.GetAsync("/client/preferences");
        JsonNode.DeepEquals(read.Data, written.Data).Should().BeTrue();
        var changed = read.Data.ToJsonString().Replace("Europe/Rome", "Europe/Paris", StringComparison.Ordinal);
        (await PutAsync(gateway, "/client/preferences", changed)).Data["version"]!.ToString().Should().Be("2", "what was read can be written back");
        (await PutAsync(gateway, "/client/preferences", changed)).Code.Should().Be(22);
    }

    [Theory]
    [InlineData("https://hooks.example.com/a", "http://hooks.example.com/a", "channels.webhook.url")]
    [InlineData("https://hooks.example.com/a", "https://127.0.0.1/a", "channels.webhook.url")]
    [InlineData("https://hooks.example.com/a", "https://[::ffff:10.0.0.1]/a", "channels.webhook.url")]
    [InlineData("https://hooks.example.com/a", "https://hooks.example.com:9000/a", "channels.webhook.url")]
    [InlineData("\"77\"", "\"a chat\"", "channels.telegram.chatId")]
    [InlineData("order_error", "party", "events")]
    [InlineData("22:00", "24:00", "quietFrom")]
    [InlineData("Europe/Rome", "Europe/Atlantis", "timeZone")]
    [InlineData("\"quietTo\":\"07:00\",", "", "quietTo")]
    public async Task A_preference_that_cannot_be_is_refused_by_its_field(string part, string bad, string field)
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await PutAsync(gateway, "/client/preferences", Preferences.Replace(part, bad, StringComparison.Ordinal));

        (reply.Status, reply.Code).Should().Be((422, 30));
        reply.Data["errors"]![0]!["field"]!.ToString().Should().Be(field);
    }

    [Fact]
    public async Task Notices_come_page_by_page_newest_first_and_are_read_by_their_user_alone()
    {
        await using var gateway = await Gateway.StartAsync();
        await using (var context = gateway.Database())
        {
            var owner = context.Users.Single(user => user.UserId == "owner").Id;
            var now = TimeProvider.System.GetUtcNow();
            context.AddRange(Enumerable.Range(1, 5).Select(number => new Notification { UserKey = owner, Type = "push", Title = $"{number}", Message = "m", Created = now }));
            await context.SaveChangesAsync();
        }

        var first = await gateway.GetAsync("/client/notifications?limit=3");
        var second = await gateway.GetAsync($"/client/notifications?limit=3&cursor={first.Data["cursor"]}");

        Titles(first).Should().Equal("5", "4", "3");
        Titles(second).Should().Equal("2", "1");
        second.Data["cursor"].Should().BeNull();
        (await gateway.PostAsync("/client/notifications/read", """{"ids":[1,2]}""", "stranger")).Data["read"]!.ToString().Should().Be("0");
        (await gateway.PostAsync("/client/notifications/read", """{"ids":[1,2]}""")).Data["read"]!.ToString().Should().Be("2");
        var unread = await gateway.GetAsync("/client/notifications?unread=true");
        Titles(unread).Should().Equal("5", "4", "3");
        unread.Data["unread"]!.ToString().Should().Be("3");
        (await gateway.GetAsync("/client/notifications?cursor=abc")).Code.Should().Be(30);
    }

    [Fact]
    public async Task News_come_page_by_page_newest_first_also_of_one_moment()
    {
        await using var gateway = await Gateway.StartAsync();
        await using (var history = History(gateway))
        {
            history.AddRange(Enumerable.Range(1, 5).Select(number => new NewsItem
            {
                Title = $"{number}",
                Link = "https://example.com",
                LinkHash = $"{number}",
                Published = DateTimeOffset.UnixEpoch.AddSeconds(number / 2),
                Type = number == 1 ? "other" : "market",
            }));
            await history.SaveChangesAsync();
        }

        var first = await gateway.GetAsync("/client/news?type=market&limit=3");
        var second = await gateway.GetAsync($"/client/news?type=market&limit=3&cursor={first.Data["cursor"]}");

        Titles(first).Concat(Titles(second)).Should().Equal("5", "4", "3", "2");
        (await gateway.GetAsync("/client/news?cursor=nonsense")).Code.Should().Be(30);
    }

    [Fact]
    public async Task Tickers_are_found_by_symbol_and_name_and_their_bars_charted()
    {
        await using var gateway = await Gateway.StartAsync();
        var id = await AddTickerAsync(gateway);

        (await gateway.GetAsync("/client/ticker?q=eur")).Data["items"]![0]!["score"]!.ToString().Should().Be("90");
        (await gateway.GetAsync("/client/ticker?q=dollar")).Data["items"]!.AsArray().Should().ContainSingle();
        (await gateway.GetAsync("/client/ticker?q=nothing")).Data["items"]!.AsArray().Should().BeEmpty();
        (await gateway.GetAsync("/client/ticker")).Code.Should().Be(30);

        var chart = await gateway.GetAsync($"/client/ticker/{id}/chart?timeFrame=60&from=1970-01-01T00:01:00Z&indicators=sma:2");
        chart.Data["frames"]!["frame"]!.ToJsonString().Should().Be("[60,120]");
        chart.Data["indicators"]![0]!["values"]!.ToJsonString().Should().Be("[null,2.5]", "the mean of 2 and 3");
        (await gateway.GetAsync($"/client/ticker/{id}/chart?timeFrame=300")).Data["frames"]!["close"]!.ToJsonString().Should().Be("[3]", "five minutes are made of minutes");
        (await gateway.GetAsync($"/client/ticker/{id}/chart?timeFrame=45")).Status.Should().Be(404);
        (await gateway.GetAsync("/client/ticker/999/chart?timeFrame=60")).Code.Should().Be(20);
        var several = await gateway.GetAsync($"/client/ticker/{id}/chart?timeFrame=60&indicators=macd:1:2:1,obv");
        several.Data["indicators"]!.AsArray().Select(entry => $"{entry!["name"]} {entry["params"]!.ToJsonString()}")
            .Should().Equal("macd [1,2,1]", "macd_signal [1,2,1]", "macd_hist [1,2,1]", "obv []");
        several.Data["indicators"]![0]!["values"]!.AsArray().Should().HaveSameCount(several.Data["frames"]!["frame"]!.AsArray());
        var wrong = await gateway.GetAsync($"/client/ticker/{id}/chart?timeFrame=60&indicators=magic:2,sma:2:3");
        wrong.Code.Should().Be(30);
        wrong.Body.ToString().Should().Contain("magic:2: there is no such indicator").And.Contain("sma:2:3: sma takes 1 number (period) or none, not 2");
    }

    [Fact]
    public async Task A_services_message_reaches_the_users_devices_at_once_and_says_what_became_of_each()
    {
        await using var google = await FcmServer.StartAsync();
        google.Judge = token => token switch { "dead" => FcmServer.Unregistered, "later" => new RecordedAnswer(503, "{}"), _ => null };
        await using var gateway = await Gateway.StartAsync(configure: options => options with { Notices = new NoticeOptions { Fcm = google.Options } });
        foreach (var token in new[] { "good", "dead", "later" })
        {
            await gateway.PostAsync("/client/devices", $$"""{"deviceId":"{{token}}","token":"{{token}}","platform":"ios"}""");
        }

        var reply = await gateway.SignedAsync(
            gateway.ServiceKey, HttpMethod.Post, "/srv/sendpushmsg", """{"accountId":"one","title":"Hello","body":"World","data":{"a":"b"},"priority":"high"}""");

        reply.Status.Should().Be(200);
        ((int)reply.Data["sent"]!, (int)reply.Data["failed"]!, (int)reply.Data["dropped"]!).Should().Be((1, 1, 1));
        reply.Data["receipts"]!.AsArray().Select(receipt => ((string)receipt!["deviceId"]!, (string)receipt["status"]!))
            .Should().BeEquivalentTo([("good", "sent"), ("dead", "dropped"), ("later", "waiting")]);
        google.Messages.Select(message => message["token"]!.ToString()).Should().BeEquivalentTo("good", "dead", "later");
        google.Messages[0]["data"]!["a"]!.ToString().Should().Be("b");
    }

    [Theory]
    [InlineData("""{"userId":"nobody","title":"t","body":"b"}""", 404, 20)]
    [InlineData("""{"accountId":"nothing","title":"t","body":"b"}""", 404, 20)]
    [InlineData("""{"title":"t","body":"b"}""", 422, 30)]
    [InlineData("""{"userId":"owner","accountId":"one","title":"t","body":"b"}""", 422, 30)]
    [InlineData("""{"userId":"owner","title":"","body":"b"}""", 422, 30)]
    [InlineData("""{"userId":"owner","title":"t","body":"b","priority":"loud"}""", 422, 30)]
    public async Task A_message_to_nobody_or_of_nothing_is_refused(string body, int status, int code)
    {
        await using var google = await FcmServer.StartAsync();
        await using var gateway = await Gateway.StartAsync(configure: options => options with { Notices = new NoticeOptions { Fcm = google.Options } });

        var reply = await gateway.SignedAsync(gateway.ServiceKey, HttpMethod.Post, "/srv/sendpushmsg", body);

        (reply.Status, reply.Code).Should().Be((status, code));
    }

    [Fact]
    public async Task Without_a_push_service_a_message_is_refused_and_nothing_is_kept_of_it()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.SignedAsync(gateway.ServiceKey, HttpMethod.Post, "/srv/sendpushmsg", """{"userId":"owner","title":"t","body":"b"}""");

        (reply.Status, reply.Code).Should().Be((502, 52));
        await using var context = gateway.Database();
        context.Notifications.Should().BeEmpty();
    }

    private static IEnumerable<string> Titles(Reply reply) => reply.Data["items"]!.AsArray().Select(item => item!["title"]!.ToString());

    private static Task<Reply> PutAsync(Gateway gateway, string path, string json) => gateway.SendAsync(HttpMethod.Put, path, gateway.TokenOf("owner"), json);

    private static Task<Reply> DeleteAsync(Gateway gateway, string path, string user) => gateway.SendAsync(HttpMethod.Delete, path, gateway.TokenOf(user));

    private static MaoDataContext History(Gateway gateway) =>
        gateway.App.Services.GetRequiredService<IDbContextFactory<MaoDataContext>>().CreateDbContext();

    private static async Task<int> AddTickerAsync(Gateway gateway)
    {
        await using var history = History(gateway);
        var ticker = new Ticker { Symbol = "EURUSD", Name = "Euro / US dollar", Market = "FX", Source = "store", IsEnabled = true };
        history.Add(ticker);
        await history.SaveChangesAsync();
        Frame[] bars = [new(0, 1, 1, 1, 1, 0), new(60, 2, 2, 2, 2, 0), new(120, 3, 3, 3, 3, 0)];
        await gateway.App.Services.GetRequiredService<HistoryWriter>().WriteAsync(ticker.Id, 60, bars, "test", CancellationToken.None);
        return ticker.Id;
    }
}
