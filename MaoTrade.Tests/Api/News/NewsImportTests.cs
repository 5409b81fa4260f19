using System.Net;
using MaoApi.Data;
using MaoApi.Data.History;
using MaoApi.Hosting;
using MaoApi.Jobs;
using MaoApi.Outbound;
using MaoTrade.Tests.Api.Notices.Support;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.News;

/// <summary>The job <c>news</c> against real https servers, most of them hostile.</summary>
public sealed class NewsImportTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private RecordingServer _server = null!;
    private RecordingServer _inside = null!;
    private Gateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _server = await RecordingServer.StartAsync(IPAddress.Loopback, secure: true);
        _inside = await RecordingServer.StartAsync(IPAddress.Loopback, secure: true);
        var outbound = new OutboundOptions
        {
            Allowed = [new AllowedPlace(new IPNetwork(IPAddress.Loopback, 32), null, _server.Port)],
            Authorities = [_server.Authority!, _inside.Authority!],
        };
        _gateway = await Gateway.StartAsync(
            _clock,
            configure: options => options with { Roles = GatewayRoles.Api, Notices = options.Notices with { Outbound = outbound } });
        _server.Answer = _ => Feed(Item(1), Item(2));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _server.DisposeAsync();
        await _inside.DisposeAsync();
    }

    [Fact]
    public async Task News_of_a_feed_are_shown_to_clients_each_once()
    {
        await CreateAsync("fx", "/fx.xml", "rates");

        (await RunAsync()).Should().Be("1 feeds, 2 new, 0 deleted");
        _server.Answer = _ => Feed(Item(2, "Two, corrected").Replace("news.test/2", "news.test/two", StringComparison.Ordinal), Item(3));
        (await RunAsync()).Should().Be("1 feeds, 1 new, 0 deleted");

        var items = (await _gateway.GetAsync("/client/news?type=rates")).Data["items"]!.AsArray();
        items.Select(item => $"{item!["title"]} {item["link"]} {item["published"]}").Should().Equal(
            "Title 3 https://news.test/3 2026-01-03T00:00:00.000Z",
            "Two, corrected https://news.test/2 2026-01-02T00:00:00.000Z",
            "Title 1 https://news.test/1 2026-01-01T00:00:00.000Z");
        (await StateAsync("fx")).Should().Be(("2 items, 1 new", 0));
    }

    [Fact]
    public async Task A_feed_that_has_not_changed_is_not_sent_again()
    {
        _server.Answer = request => request.Headers.GetValueOrDefault("If-None-Match") == "\"v1\""
            ? new RecordedAnswer(304, "")
            : Feed(Item(1)) with { Headers = new() { ["ETag"] = "\"v1\"", ["Last-Modified"] = "Sat, 03 Jan 2026 10:00:00 GMT", ["Content-Type"] = "application/rss+xml" } };
        await CreateAsync("fx", "/fx.xml");

        await RunAsync();
        await RunAsync();

        _server.Requests.Select(request => request.Headers.GetValueOrDefault("If-Modified-Since")).Should().Equal(null, "Sat, 03 Jan 2026 10:00:00 GMT");
        (await StateAsync("fx")).Should().Be(("not changed", 0));
        var update = await _gateway.PostAsync("/admin/feeds/update", $$"""{"name":"fx","version":1,"address":"{{Url("/other.xml")}}"}""", "admin");
        update.Code.Should().Be(0, "what was found out is no change of the row: {0}", update.Body);
        await RunAsync();
        _server.Requests[^1].Headers.Should().NotContainKey("If-None-Match", "another address has answers of its own");
    }

    [Fact]
    public async Task A_feed_in_a_file_is_read_when_it_changes()
    {
        var path = Path.Combine(_gateway.DataDir, "feeds", "house.xml");
        await File.WriteAllTextAsync(path, Feed(Item(1)).Body);
        await CreateAsync("house", "house.xml", url: "house.xml");

        (await RunAsync()).Should().Be("1 feeds, 1 new, 0 deleted");
        await RunAsync();
        (await StateAsync("house")).Should().Be(("not changed", 0));
        File.Delete(path);
        File.CreateSymbolicLink(path, Path.Combine(_gateway.DataDir, "first-run.json"));
        await RunAsync();
        (await StateAsync("house")).Should().Be(("there is no file house.xml in the folder feeds", 1));
    }

    [Fact]
    public async Task What_is_bad_in_a_feed_is_named_and_the_rest_is_kept()
    {
        _server.Answer = _ => Feed(
            Item(1),
            "<item><title>No link</title></item>",
            "<item><title>Tomorrow</title><link>https://news.test/9</link><pubDate>Sat, 01 Jan 2099 00:00:00 GMT</pubDate></item>",
            "<item><title>Old</title><link>https://news.test/8</link><pubDate>Sat, 01 Jan 2000 00:00:00 GMT</pubDate></item>",
            Item(2));
        await CreateAsync("fx", "/fx.xml");

        (await RunAsync()).Should().Be("1 feeds, 2 new, 0 deleted");

        (await StateAsync("fx")).Result.Should().Be(
            "2 items, 2 new; skipped: line 2: 'No link' has no http or https link; 'Tomorrow' is of 2099-01-01, which is still to come");
    }

    [Fact]
    public async Task Hostile_feeds_bring_nothing_and_hold_up_no_other()
    {
        var bomb = string.Concat(Enumerable.Range(1, 9).Select(n => $"<!ENTITY l{n} \"{string.Concat(Enumerable.Repeat($"&l{n - 1};", 10))}\">"));
        var never = new TaskCompletionSource();
        _server.Answer = request => request.Path switch
        {
            "/bomb" => new RecordedAnswer(200, $"<!DOCTYPE r [<!ENTITY l0 \"lol\">{bomb}]><rss><item><title>&l9;</title><link>https://news.test/1</link></item></rss>"),
            "/redirect" => new RecordedAnswer(302, "") { Headers = new() { ["Location"] = $"https://127.0.0.1:{_inside.Port}/secret" } },
            "/endless" => new RecordedAnswer(200, "<rss>" + new string(' ', (2 * 1024 * 1024) + 1)),
            "/slow" => new RecordedAnswer(200, "") { Until = never.Task },
            "/broken" => new RecordedAnswer(500, ""),
            _ => Feed(Item(1)),
        };
        foreach (var name in new[] { "bomb", "broken", "endless", "redirect", "slow" })
        {
            await CreateAsync(name, "/" + name);
        }

        await CreateAsync("zz-good", "/good");
        await CreateAsync("inside", "", url: $"https://127.0.0.1:{_inside.Port}/", expectCode: 30);

        var running = RunAsync();
        await Until.TrueAsync("the slow server was asked", TimeSpan.FromSeconds(60), () => Task.FromResult(_server.Requests.Any(request => request.Path == "/slow")));
        _clock.Advance(TimeSpan.FromSeconds(5));

        (await running).Should().Be("6 feeds, 1 new, 0 deleted");
        never.SetResult();
        _inside.Requests.Should().BeEmpty("redirects are not followed");
        (await StateAsync("bomb")).Result.Should().Contain("DTD is prohibited");
        (await StateAsync("redirect")).Should().Be(("the server answered 302; redirects are not followed", 1));
        (await StateAsync("endless")).Should().Be(("the answer is longer than 2097152 bytes", 1));
        (await StateAsync("slow")).Should().Be(("no whole answer within 5 s", 1));
        (await StateAsync("broken")).Should().Be(("the server answered 500", 1));
        (await StateAsync("zz-good")).Should().Be(("1 items, 1 new", 0));
    }

    [Fact]
    public async Task A_feed_that_fails_again_and_again_is_told_once_and_then_once_a_day()
    {
        _server.Answer = _ => new RecordedAnswer(503, "");
        await CreateAsync("fx", "/fx.xml");
        var told = new List<int>();

        for (var run = 1; run <= 100; run++)
        {
            try
            {
                await RunAsync();
            }
            catch (JobFindingException finding)
            {
                finding.Message.Should().Be("feeds that fail again and again: fx (the server answered 503)");
                told.Add(run);
            }
        }

        told.Should().Equal(4, 96);
    }

    [Fact]
    public async Task News_too_old_are_deleted()
    {
        await using (var history = History())
        {
            foreach (var days in new[] { 364, 366 })
            {
                history.Add(new NewsItem { Title = $"{days}", Link = "https://x/", LinkHash = $"{days}", Type = "news", Published = _clock.GetUtcNow().AddDays(-days) });
            }

            await history.SaveChangesAsync();
        }

        (await RunAsync()).Should().Be("0 feeds, 0 new, 1 deleted");

        await using var after = History();
        (await after.News.SingleAsync()).Title.Should().Be("364");
    }

    [Theory]
    [InlineData("http://news.test/fx.xml")]
    [InlineData("https://user:secret@news.test/fx.xml")]
    [InlineData("https://news.test:444/fx.xml")]
    [InlineData("https://10.0.0.1/fx.xml")]
    [InlineData("file:///etc/passwd")]
    [InlineData("../maohome.xml")]
    [InlineData("/etc/fx.xml")]
    [InlineData("fx.txt")]
    public async Task An_address_that_must_not_be_called_is_refused(string url) => await CreateAsync("fx", "", url: url, expectCode: 30);

    private static RecordedAnswer Feed(params string[] items) =>
        new(200, $"<rss version=\"2.0\"><channel>{string.Join('\n', items)}</channel></rss>") { Headers = new() { ["Content-Type"] = "application/rss+xml" } };

    private static string Item(int n, string? title = null) =>
        $"<item><title>{title ?? $"Title {n}"}</title><link>https://news.test/{n}</link><guid isPermaLink=\"false\">guid-{n}</guid><pubDate>{n:00} Jan 2026 00:00:00 GMT</pubDate></item>";

    private string Url(string path) => $"https://127.0.0.1:{_server.Port}{path}";

    private async Task CreateAsync(string name, string path, string type = "news", string? url = null, int expectCode = 0)
    {
        var reply = await _gateway.PostAsync("/admin/feeds/create", $$"""{"name":"{{name}}","address":"{{url ?? Url(path)}}","type":"{{type}}"}""", "admin");
        reply.Code.Should().Be(expectCode, reply.Body.ToJsonString());
        if (expectCode != 0)
        {
            reply.Data["errors"]![0]!["field"]!.ToString().Should().Be("address");
        }
    }

    private async Task<(string Result, int Failures)> StateAsync(string name)
    {
        await using var context = _gateway.Database();
        var feed = await context.Feeds.SingleAsync(row => row.Name == name);
        return (feed.LastResult, feed.Failures);
    }

    private MaoDataContext History() => _gateway.App.Services.GetRequiredService<IDbContextFactory<MaoDataContext>>().CreateDbContext();

    private Task<string> RunAsync() =>
        _gateway.App.Services.GetServices<IJob>().Single(job => job.Name == "news").RunAsync(new JobProgress(), default);
}
