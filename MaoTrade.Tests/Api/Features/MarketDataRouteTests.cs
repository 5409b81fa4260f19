using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.History;
using MaoApi.MarketData;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Api.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Features;

public sealed class MarketDataRouteTests : IAsyncLifetime
{
    private const int Hour = 3600;

    /// <summary>2026-01-01T00:00:00Z.</summary>
    private const long Start = 1_767_225_600;
    private const int Bars = 3_000;

    private Gateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _gateway = await Gateway.StartAsync();
        await using var history = await History();
        var ticker = AddTicker(history, "EURUSD", "Euro / US dollar");
        AddTicker(history, "EMPTY", "Nothing stored");
        await history.SaveChangesAsync();
        var frames = Enumerable.Range(0, Bars).Select(n => new Frame(Start + ((long)n * Hour), n, n + 2, n - 1, n + 1, 10 * n));
        await _gateway.App.Services.GetRequiredService<HistoryWriter>().WriteAsync(ticker.Id, Hour, [.. frames], TickerSources.Study, CancellationToken.None);
        history.Add(new Study { StudyId = "study-1", TickerKey = ticker.Id, TimeFrameSeconds = Hour, Name = "Trend", Kind = "sma" });
        await history.SaveChangesAsync();
        await using var home = _gateway.Database();
        home.Add(new Symbol { Epic = "EUR", DataEpic = "DATA.EUR", Name = "Euro", IsEnabled = true });
        home.Add(new SymbolTicker { DataEpic = "DATA.EUR", TickerKey = ticker.Id, IsEnabled = true });
        await home.SaveChangesAsync();
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(1500)]
    [InlineData(2401)]
    public async Task The_last_bars_up_to_a_time_come_in_order(int frames)
    {
        // 2026-04-11T00:30Z is half an hour after bar 2400.
        var reply = await AskAsync($$"""{"ticker":"EURUSD","timeFrame":3600,"toDate":"2026-04-11T00:30:00Z","frames":{{frames}}}""");

        (reply.Status, (int)reply.Data["count"]!).Should().Be((200, frames));
        var rows = reply.Data["frames"]!.AsArray();
        rows.Select(row => (long)row!["frame"]!).Should().Equal(Enumerable.Range(2401 - frames, frames).Select(n => Start + ((long)n * Hour)));
        rows[^1]!.ToJsonString().Should().Be($$"""{"frame":{{Start + (2400L * Hour)}},"open":2400,"high":2402,"low":2399,"close":2401,"volume":24000}""");
    }

    [Fact]
    public async Task Columns_hold_the_same_as_rows_and_a_day_means_its_beginning()
    {
        var rows = await AskAsync("""{"epic":"EUR","timeFrame":3600,"toDate":"2026-04-11","frames":2000}""");
        var columns = await AskAsync("""{"epic":"EUR","timeFrame":3600,"toDate":"2026-04-11","frames":2000,"format":"columns"}""");

        ((long)rows.Data["frames"]!.AsArray()[^1]!["frame"]!).Should().Be(Start + (2400L * Hour));
        foreach (var name in new[] { "frame", "open", "high", "low", "close", "volume" })
        {
            columns.Data["frames"]![name]!.AsArray().Select(value => value!.ToJsonString())
                .Should().Equal(rows.Data["frames"]!.AsArray().Select(row => row![name]!.ToJsonString()));
        }
    }

    [Theory]
    [InlineData("rows")]
    [InlineData("columns")]
    public async Task Longer_bars_are_put_together_from_the_hours(string format)
    {
        var reply = await AskAsync($$"""{"ticker":"EURUSD","timeFrame":14400,"toDate":"2026-04-11T05:00:00Z","frames":601,"format":"{{format}}"}""");

        // Hour n has open n, high n + 2, low n - 1, close n + 1 and volume 10 n; hour 2400 is 2026-04-11T00:00Z, and 2404 begins the last four.
        var frames = reply.Data["frames"]!;
        var last = format == "rows" ? frames[600]!.AsObject().Select(value => (decimal)value.Value!) : frames.AsObject().Select(column => (decimal)column.Value![600]!);
        last.Should().Equal(Start + (2404L * Hour), 2404, 2409, 2403, 2408, 10 * (2404 + 2405 + 2406 + 2407));
        var starts = format == "rows" ? frames.AsArray().Select(row => (long)row!["frame"]!) : frames["frame"]!.AsArray().Select(value => (long)value!);
        starts.Should().Equal(Enumerable.Range(0, 601).Select(n => Start + ((4L + (4 * n)) * Hour)));
    }

    [Fact]
    public async Task What_was_written_since_is_in_the_next_answer()
    {
        const string Question = """{"ticker":"EURUSD","timeFrame":3600,"toDate":"2027-01-01","frames":3000}""";
        await AskAsync(Question);
        var writer = _gateway.App.Services.GetRequiredService<HistoryWriter>();
        var key = (await (await History()).Tickers.SingleAsync(ticker => ticker.Symbol == "EURUSD")).Id;
        Frame[] news = [new(Start + (1500L * Hour), 7, 7, 7, 7, 7), new(Start + (3000L * Hour), 8, 8, 8, 8, 8)];
        await writer.WriteAsync(key, Hour, news, "vendor", CancellationToken.None);

        var rows = (await AskAsync(Question)).Data["frames"]!.AsArray();

        ((long)rows[0]!["frame"]!, (int)rows[1499]!["close"]!, (int)rows[2999]!["close"]!).Should().Be((Start + Hour, 7, 8));
    }

    [Theory]
    [InlineData("""{"ticker":"NOBODY","timeFrame":3600,"toDate":"2026-04-11","frames":1}""", 404, 20, "unknown ticker NOBODY")]
    [InlineData("""{"epic":"NOBODY","timeFrame":3600,"toDate":"2026-04-11","frames":1}""", 404, 20, "unknown ticker NOBODY")]
    [InlineData("""{"ticker":"EMPTY","timeFrame":3600,"toDate":"2026-04-11","frames":1}""", 404, 20, "no data")]
    [InlineData("""{"ticker":"EURUSD","timeFrame":3600,"toDate":"2025-12-31","frames":1}""", 404, 20, "no data")]
    [InlineData("""{"ticker":"EURUSD","timeFrame":60,"toDate":"2026-04-11","frames":1}""", 422, 31, "timeFrame must be one of 3600 or a multiple of one, up to 2678400")]
    [InlineData("""{"ticker":"EURUSD","timeFrame":5400,"toDate":"2026-04-11","frames":1}""", 422, 31, "timeFrame must be one of 3600 or a multiple of one, up to 2678400")]
    [InlineData("""{"ticker":"EURUSD","timeFrame":0,"toDate":"2026-04-11","frames":1}""", 422, 31, "timeFrame must be one of 3600 or a multiple of one, up to 2678400")]
    [InlineData("""{"ticker":"EURUSD","timeFrame":-3600,"toDate":"2026-04-11","frames":1}""", 422, 31, "timeFrame must be one of 3600 or a multiple of one, up to 2678400")]
    [InlineData("""{"ticker":"EURUSD","timeFrame":2147482800,"toDate":"2026-04-11","frames":1}""", 422, 31, "timeFrame must be one of 3600 or a multiple of one, up to 2678400")]
    [InlineData("""{"ticker":"EURUSD","timeFrame":86400,"toDate":"2026-01-02T12:00:00Z","frames":3}""", 422, 32, "Not enough data 2/3")]
    [InlineData("""{"ticker":"EURUSD","timeFrame":3600,"toDate":"2026-01-01","frames":2}""", 422, 32, "Not enough data 1/2")]
    [InlineData("""{"ticker":"EURUSD","timeFrame":3600,"toDate":"2027-01-01","frames":3001}""", 422, 32, "Not enough data 3000/3001")]
    [InlineData("""{"ticker":"EURUSD","timeFrame":3600,"toDate":"11.4.2026","frames":1}""", 422, 30, "toDate is a day (yyyy-MM-dd) or an ISO 8601 time")]
    [InlineData("""{"timeFrame":3600,"toDate":"2026-04-11","frames":1}""", 422, 30, "either ticker or epic is required, not both")]
    [InlineData("""{"ticker":"EURUSD","epic":"EUR","timeFrame":3600,"toDate":"2026-04-11","frames":1}""", 422, 30, "either ticker or epic is required, not both")]
    public async Task Bad_questions_have_their_answer(string body, int status, int code, string message)
    {
        var reply = await AskAsync(body);

        (reply.Status, reply.Code, reply.Body["message"]!.ToString()).Should().Be((status, code, message));
    }

    [Theory]
    [InlineData("""{"ticker":"EURUSD","timeFrame":3600,"toDate":"2026-04-11","frames":0}""")]
    [InlineData("""{"ticker":"EURUSD","timeFrame":3600,"toDate":"2026-04-11","frames":100001}""")]
    [InlineData("""{"ticker":"EURUSD","timeFrame":3600,"toDate":"2026-04-11","frames":1,"format":"xml"}""")]
    public async Task What_is_out_of_range_is_invalid(string body) => (await AskAsync(body)).Code.Should().Be(30);

    [Fact]
    public async Task A_ticker_is_found_with_what_is_stored_of_it()
    {
        var reply = await _gateway.SignedAsync(_gateway.ServiceKey, HttpMethod.Get, "/srv/ticker?q=eur");

        var item = reply.Data["items"]!.AsArray().Should().ContainSingle().Subject!;
        (item["symbol"]!.ToString(), item["firstDate"]!.ToString(), item["timeFrames"]!.ToJsonString())
            .Should().Be(("EURUSD", "2026-01-01T00:00:00.000Z", "[3600]"));
        (await _gateway.SignedAsync(_gateway.ServiceKey, HttpMethod.Get, "/srv/ticker")).Code.Should().Be(30);
    }

    [Fact]
    public async Task A_study_is_updated_and_becomes_a_ticker_whose_bars_are_its_values()
    {
        var values = Enumerable.Range(0, 1500).Select(n => $"[{Start + ((long)n * Hour)},{n / 4.0}]");
        var update = await PostAsync("/srv/study/update", $$"""{"studyId":"study-1","values":[{{string.Join(',', values)}}]}""");
        var again = await PostAsync("/srv/study/update", $$"""{"studyId":"study-1","values":[[{{Start}},7.5]]}""");
        var export = await PostAsync("/srv/study/export", """{"studyId":"study-1","symbol":"TREND","name":"Trend"}""");
        var twice = await PostAsync("/srv/study/export", """{"studyId":"study-1","symbol":"TREND","name":"Trend"}""");

        ((int)update.Data["updated"]!, (int)again.Data["updated"]!).Should().Be((1500, 1));
        (export.Status, (int)export.Data["bars"]!).Should().Be((201, 1500));
        (twice.Status, twice.Data.ToJsonString()).Should().Be((201, export.Data.ToJsonString()), "exporting again makes the same ticker anew");
        (await PostAsync("/srv/study/export", """{"studyId":"study-1","symbol":"EURUSD","name":"Trend"}""")).Code.Should().Be(22, "that is another ticker");
        var bars = await AskAsync("""{"ticker":"TREND","timeFrame":3600,"toDate":"2027-01-01","frames":1500}""");
        bars.Data["frames"]!.AsArray().Select(row => (double)row!["close"]!).Should().Equal(
            Enumerable.Range(0, 1500).Select(n => n == 0 ? 7.5 : n / 4.0));
    }

    [Theory]
    [InlineData("/srv/study/update", """{"studyId":"nobody","values":[]}""", 404, 20)]
    [InlineData("/srv/study/update", """{"studyId":"study-1","values":[[1]]}""", 422, 30)]
    [InlineData("/srv/study/update", """{"studyId":"study-1","values":[[1.5,2]]}""", 422, 30)]
    [InlineData("/srv/study/update", """{"studyId":"study-1","values":[[1,2],[1,3]]}""", 422, 30)]
    [InlineData("/srv/study/update", """{"studyId":"study-1","values":[[1,1e300]]}""", 422, 30)]
    [InlineData("/srv/study/update", """{"studyId":"study-1"}""", 422, 30)]
    [InlineData("/srv/study/export", """{"studyId":"nobody","symbol":"X","name":"X"}""", 404, 20)]
    [InlineData("/srv/study/export", """{"studyId":"study-1","symbol":"X","name":"X"}""", 422, 21)]
    [InlineData("/srv/study/export", """{"studyId":"study-1","symbol":"a b","name":"X"}""", 422, 30)]
    public async Task Bad_studies_have_their_answer(string path, string body, int status, int code)
    {
        var reply = await PostAsync(path, body);

        (reply.Status, reply.Code).Should().Be((status, code));
    }

    private static Ticker AddTicker(MaoDataContext history, string symbol, string name)
    {
        var ticker = new Ticker { Symbol = symbol, Name = name, Source = TickerSources.Store, IsEnabled = true };
        history.Add(ticker);
        return ticker;
    }

    private Task<Reply> AskAsync(string body) => PostAsync("/srv/ticker/market-data", body);

    private Task<Reply> PostAsync(string path, string body) => _gateway.SignedAsync(_gateway.ServiceKey, HttpMethod.Post, path, body);

    private Task<MaoDataContext> History() =>
        _gateway.App.Services.GetRequiredService<IDbContextFactory<MaoDataContext>>().CreateDbContextAsync();
}
