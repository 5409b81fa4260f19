using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using MaoApi.Data;
using MaoApi.Data.History;
using MaoApi.MarketData;
using MaoTrade.Market.Charts.Reports;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Api.Commands;
using MaoTrade.Tests.Api.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Reports;

public sealed class ReportRouteTests : IAsyncLifetime
{
    private const string Performance =
        """
        {"accountId":"one","period":"7d","from":"2026-01-03T22:45:00.000Z","to":"2026-01-10T12:00:00.000Z","currency":"EUR",
         "figures":{"trades":2,"wins":1,"losses":1,"winRate":0.5,"profitFactor":2.5,"totalProfit":65,"totalFees":null,"totalReturn":0.045,"annualReturn":null,
          "volatility":0.3,"sharpe":1.5,"sortino":null,"maxDrawdown":0.05,"calmar":null,"exposure":0.25},
         "days":[{"date":"2026-01-09","startEquity":1000,"endEquity":1100,"trades":1,"wins":1,"losses":0,"profit":120,"fees":null,"maxDrawdown":0,"return":0.1},
          {"date":"2026-01-10","startEquity":1100,"endEquity":1045,"trades":1,"wins":0,"losses":1,"profit":-55,"fees":null,"maxDrawdown":0.05,"return":-0.05}],
         "trades":[{"at":"2026-01-09T12:00:00.000Z","epic":"<b>EURUSD</b>","opType":1,"qty":2,"openedAt":"2026-01-09T10:00:00.000Z","entryPrice":1.05,"exitPrice":1.06,"fees":null,"pnl":120}]}
        """;

    private Gateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await Gateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task An_account_is_shown_as_page_lines_and_picture_under_a_strict_policy()
    {
        _gateway.Engine.Answer = _ => FakeReply.Done(Performance);

        using var page = await GetAsync("/clientmt/report?accountId=one&period=7d");
        using var svg = await GetAsync("/clientmt/report?accountId=one&period=7d&format=svg");
        using var png = await GetAsync("/clientmt/report?accountId=one&period=7d&format=png");

        (await _gateway.Engine.NextRequestAsync())["data"]!.ToJsonString().Should().Be("""{"srvId":15,"period":"7d","trades":true}""");
        (page.StatusCode, page.Content.Headers.ContentType!.ToString()).Should().Be((HttpStatusCode.OK, "text/html; charset=utf-8"));
        page.Headers.GetValues("Content-Security-Policy").Should().Equal(ReportPage.Policy + "; frame-ancestors 'none'");
        page.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        var text = await page.Content.ReadAsStringAsync();
        text.Should().Contain("&lt;b&gt;EURUSD&lt;/b&gt;").And.NotContain("<b>").And.Contain("4.50 %").And.Contain("Drawdown").And.Contain("1,045.00");
        (page.Content.Headers.ContentDisposition!.DispositionType, page.Content.Headers.ContentDisposition.FileName).Should().Be(("inline", "one-7d.html"));

        svg.Content.Headers.ContentType!.ToString().Should().Be("image/svg+xml; charset=utf-8");
        svg.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'none'; style-src 'sha256-");
        XDocument.Parse(await svg.Content.ReadAsStringAsync()).Root!.Name.LocalName.Should().Be("svg");
        png.Content.Headers.ContentType!.ToString().Should().Be("image/png");
        (await png.Content.ReadAsByteArrayAsync())[..8].Should().Equal(0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A);
    }

    [Fact]
    public async Task Who_has_a_report_already_gets_304()
    {
        _gateway.Engine.Answer = _ => FakeReply.Done(Performance);
        using var first = await GetAsync("/clientmt/report?accountId=one&period=7d&format=svg");

        using var again = await GetAsync("/clientmt/report?accountId=one&period=7d&format=svg", first.Headers.ETag);

        again.StatusCode.Should().Be(HttpStatusCode.NotModified);
        again.Headers.ETag.Should().Be(first.Headers.ETag);
        (await again.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        first.Headers.CacheControl!.ToString().Should().Be("no-cache, private");
    }

    [Theory]
    [InlineData("/clientmt/report?accountId=one", 422, 30)]
    [InlineData("/clientmt/report?accountId=one&period=7d&format=pdf", 422, 30)]
    [InlineData("/clientmt/report?accountId=two&period=7d", 403, 14)]
    [InlineData("/clientmt/backtest/j1/report?accountId=one&format=gif", 422, 30)]
    [InlineData("/client/ticker/1/report?timeFrame=60&format=pdf", 422, 30)]
    [InlineData("/client/ticker/999/report?timeFrame=60", 404, 20)]
    [InlineData("/client/ticker/1/report", 422, 30)]
    public async Task What_cannot_be_shown_is_told_in_the_envelope(string path, int status, int code)
    {
        _gateway.Engine.Answer = _ => FakeReply.Done(Performance);

        var reply = await _gateway.GetAsync(path);

        (reply.Status, reply.Code).Should().Be((status, code));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"accountId":"one","period":"7d","from":"yesterday"}""")]
    public async Task An_engine_that_talks_nonsense_is_a_broken_wire(string data)
    {
        _gateway.Engine.Answer = _ => FakeReply.Done(data);

        var reply = await _gateway.GetAsync("/clientmt/report?accountId=one&period=7d");

        (reply.Status, reply.Code).Should().Be((502, 42));
    }

    [Fact]
    public async Task An_engines_refusal_and_an_account_without_equity_are_both_answers()
    {
        _gateway.Engine.Answer = _ => FakeReply.Refused(503, "the store does not answer");
        (await _gateway.GetAsync("/clientmt/report?accountId=one&period=7d")).Code.Should().Be(43);

        _gateway.Engine.Answer = _ => FakeReply.Done(
            """
            {"accountId":"one","period":"1d","from":"2026-01-03T22:45:00.000Z","to":"2026-01-10T12:00:00.000Z","currency":"","days":[],
             "figures":{"trades":0,"wins":0,"losses":0,"winRate":0,"profitFactor":null,"totalProfit":0,"totalFees":0,"totalReturn":null,"annualReturn":null,
              "volatility":null,"sharpe":null,"sortino":null,"maxDrawdown":null,"calmar":null,"exposure":null}}
            """);
        using var page = await GetAsync("/clientmt/report?accountId=one&period=1d&format=svg");
        (await page.Content.ReadAsStringAsync()).Should().Contain("No equity of this period is known yet");
    }

    [Fact]
    public async Task A_system_test_comes_from_the_engine_and_is_what_the_gateway_says_it_is()
    {
        var drawn = "<svg/>"u8.ToArray();
        _gateway.Engine.Answer = _ => FakeReply.Zip(drawn, drawn.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(drawn)));

        using var svg = await GetAsync("/clientmt/backtest/j1/report?accountId=one&format=svg");

        (await _gateway.Engine.NextRequestAsync())["data"]!.ToJsonString().Should().Be("""{"op":"report","jobId":"j1","format":"svg"}""");
        (svg.StatusCode, svg.Content.Headers.ContentType!.MediaType).Should().Be((HttpStatusCode.OK, "image/svg+xml"), "whatever type the engine told");
        svg.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'none'; style-src 'sha256-");
        (await svg.Content.ReadAsByteArrayAsync()).Should().Equal(drawn);
    }

    [Fact]
    public async Task A_ticker_is_shown_with_its_indicators()
    {
        var id = await AddTickerAsync("A&B", "Ticker <1>");

        using var svg = await GetAsync($"/client/ticker/{id}/report?timeFrame=3600&indicators=sma:20,rsi:14&format=svg");

        var document = XDocument.Parse(await svg.Content.ReadAsStringAsync());
        var texts = document.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
        texts.Should().Contain("A&B Ticker <1>").And.Contain("sma 20").And.Contain("rsi 14").And.Contain("Volume").And.Contain("Prices");
    }

    [Fact]
    public async Task The_command_line_writes_the_file_by_the_end_of_its_name()
    {
        _gateway.Engine.Answer = _ => FakeReply.Done(Performance);
        var file = Path.Combine(_gateway.DataDir, "week.png");

        var run = await _gateway.AsAsync("owner", "report", "account", "--account", "one", "--period", "7d", "--out", file);
        var refused = await _gateway.AsAsync("owner", "report", "account", "--account", "two", "--out", file + "2");

        (run.ExitCode, run.Error).Should().Be((0, ""));
        run.Output.Should().Contain(file);
        (await File.ReadAllBytesAsync(file))[1..4].Should().Equal("PNG"u8.ToArray());
        refused.ExitCode.Should().Be(4);
        Directory.GetFiles(_gateway.DataDir, "week.png*").Should().Equal(file);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _gateway.TokenOf("owner"));
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await _gateway.Http.SendAsync(request);
    }

    private async Task<int> AddTickerAsync(string symbol, string name)
    {
        await using var history = await _gateway.App.Services.GetRequiredService<IDbContextFactory<MaoDataContext>>().CreateDbContextAsync();
        var ticker = new Ticker { Symbol = symbol, Name = name, Source = TickerSources.Store, IsEnabled = true };
        history.Add(ticker);
        await history.SaveChangesAsync();
        var bars = Enumerable.Range(0, 200).Select(n => new Frame(1_767_225_600 + ((long)n * 3_600), 100 + n, 102 + n, 99 + n, 101 + n, 10)).ToList();
        await _gateway.App.Services.GetRequiredService<HistoryWriter>().WriteAsync(ticker.Id, 3_600, bars, "test", CancellationToken.None);
        return ticker.Id;
    }
}
