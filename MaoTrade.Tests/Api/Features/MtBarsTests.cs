using MaoTrade.Market.Frames;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Features;

public sealed class MtBarsTests : IAsyncLifetime
{
    private const int Hour = 3_600;

    /// <summary>2026-01-05T00:00:00Z, a multiple of an hour.</summary>
    private const long Start = 1_767_571_200;

    private Gateway _gateway = null!;
    private LinkedTicker _ticker = null!;

    public async Task InitializeAsync()
    {
        _gateway = await Gateway.StartAsync();
        _ticker = await LinkedTicker.AddAsync(_gateway, "EUR", "EURUSD");
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Bars_of_an_engine_are_read_from_the_history_and_told_again_are_the_same()
    {
        Frame[] bars = [Bar(0), Bar(1) with { Close = 2.0001m, Volume = 0.5m }, Bar(2)];
        var body = Body(Entry("EURUSD", Hour, bars));

        var first = await PostAsync(body);
        var again = await PostAsync(body);

        first.Data.ToJsonString().Should().Be(
            """{"accepted":3,"results":[{"epic":"EURUSD","timeFrame":3600,"code":0,"message":"","added":3,"known":0,"refused":[]}]}""");
        again.Data["results"]![0]!.ToJsonString().Should().Be("""{"epic":"EURUSD","timeFrame":3600,"code":0,"message":"","added":0,"known":3,"refused":[]}""");
        (await _ticker.BarsAsync(Hour)).Should().Equal(bars);
    }

    [Fact]
    public async Task An_imported_bar_stays_where_a_live_one_differs_and_takes_the_place_of_a_live_one()
    {
        var (imported, live) = (Bar(0) with { Close = 2.5m }, Bar(0));
        await _ticker.ImportAsync(Hour, imported);

        var reply = await PostAsync(Body(Entry("EURUSD", Hour, live, Bar(1))));
        (await _ticker.BarsAsync(Hour)).Should().Equal(imported, Bar(1));
        await _ticker.ImportAsync(Hour, Bar(1) with { Close = 2.5m });

        ((int)reply.Data["results"]![0]!["added"]!, (int)reply.Data["results"]![0]!["known"]!).Should().Be((1, 1));
        (await _ticker.BarsAsync(Hour)).Should().Equal(imported, Bar(1) with { Close = 2.5m });
    }

    [Theory]
    [InlineData("""17""", 30, "they are no bars of an epic")]
    [InlineData("""null""", 30, "they are no bars of an epic")]
    [InlineData("""{"timeFrame":3600,"frames":[[1767571200,1,1,1,1,1]]}""", 30, "*Epic*required*")]
    [InlineData("""{"epic":17,"timeFrame":3600,"frames":[[1767571200,1,1,1,1,1]]}""", 30, "'epic' cannot be read")]
    [InlineData("""{"epic":"EURUSD","frames":[[1767571200,1,1,1,1,1]]}""", 30, "*TimeFrame*required*")]
    [InlineData("""{"epic":"EURUSD","timeFrame":"1h","frames":[[1767571200,1,1,1,1,1]]}""", 30, "'timeFrame' cannot be read")]
    [InlineData("""{"epic":"EURUSD","timeFrame":0,"frames":[[1767571200,1,1,1,1,1]]}""", 31, "timeFrame is 1 to 2678400 seconds")]
    [InlineData("""{"epic":"EURUSD","timeFrame":2678401,"frames":[[1767571200,1,1,1,1,1]]}""", 31, "timeFrame is 1 to 2678400 seconds")]
    [InlineData("""{"epic":"EURUSD","timeFrame":3600}""", 30, "*Frames*required*")]
    [InlineData("""{"epic":"EURUSD","timeFrame":3600,"frames":[]}""", 30, "*Frames*")]
    [InlineData("""{"epic":"EURUSD","timeFrame":3600,"frames":{}}""", 30, "'frames' cannot be read")]
    [InlineData("""{"epic":"EURUSD","timeFrame":3600,"frames":[[1767571200,1,1,1,1,1]],"accountId":"two"}""", 30, "*")]
    [InlineData("""{"epic":"NOTHING","timeFrame":3600,"frames":[[1767571200,1,1,1,1,1]]}""", 20, "no ticker tells the prices of this epic")]
    [InlineData("""{"epic":"FOREIGN","timeFrame":3600,"frames":[[1767571200,1,1,1,1,1]]}""", 20, "no ticker tells the prices of this epic")]
    public async Task Bad_bars_of_one_epic_are_told_so_and_harm_no_others(string bad, int code, string message)
    {
        await LinkedTicker.AddAsync(_gateway, "FRG", "FOREIGN", isTraded: false);

        var reply = await PostAsync(Body(Entry("EURUSD", Hour, Bar(0)), bad, Entry("EURUSD", Hour, Bar(1))));

        reply.Status.Should().Be(200);
        reply.Data["results"]!.AsArray().Select(result => (int)result!["code"]!).Should().Equal(0, code, 0);
        reply.Data["results"]![1]!["message"]!.ToString().Should().Match(message);
        (await _ticker.BarsAsync(Hour)).Should().Equal(Bar(0), Bar(1));
    }

    [Theory]
    [InlineData("""17""", "a frame is *")]
    [InlineData("""[1767571200,1,1,1,1]""", "a frame is *")]
    [InlineData("""[1767571200,1,1,1,1,1,1]""", "a frame is *")]
    [InlineData("""[1767571200.5,1,1,1,1,1]""", "a frame is *")]
    [InlineData("""["1767571200",1,1,1,1,1]""", "a frame is *")]
    [InlineData("""[1767571200,null,1,1,1,1]""", "a frame is *")]
    [InlineData("""[1767571200,1,1e300,1,1,1]""", "a frame is *")]
    [InlineData("""[1767571200,0,1,0,1,1]""", "a price is not above 0")]
    [InlineData("""[1767571200,1,0.5,1,1,1]""", "high is below low")]
    [InlineData("""[1767571200,1,1,1,2,1]""", "high and low do not enclose the others")]
    [InlineData("""[1767571200,1,1,1,1,-1]""", "the volume is below 0")]
    [InlineData("""[-9000000000,1,1,1,1,1]""", "the time is not between 1800 and 2200")]
    [InlineData("""[4102444800,1,1,1,1,1]""", "the bar is not over yet")]
    [InlineData("""[9223372036854775807,1,1,1,1,1]""", "the bar is not over yet")]
    public async Task A_bad_bar_is_told_by_its_row_and_harms_no_other(string bad, string message)
    {
        var body = Body($$"""{"epic":"EURUSD","timeFrame":3600,"frames":[{{Row(Bar(1))}},{{bad}},{{Row(Bar(2))}}]}""");

        var result = (await PostAsync(body)).Data["results"]![0]!;

        ((int)result["code"]!, (int)result["added"]!).Should().Be((0, 2));
        var refused = result["refused"]!.AsArray().Should().ContainSingle().Subject!;
        ((int)refused["row"]!).Should().Be(2);
        refused["message"]!.ToString().Should().Match(message);
        (await _ticker.BarsAsync(Hour)).Should().Equal(Bar(1), Bar(2));
    }

    [Fact]
    public async Task A_bar_that_still_grows_is_refused()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        var result = (await PostAsync(Body(Entry("EURUSD", 2 * Hour, Bar(0) with { UnixSeconds = now - Hour })))).Data["results"]![0]!;

        result["refused"]!.AsArray().Select(bar => bar!["message"]!.ToString()).Should().Equal("the bar is not over yet");
        (await _ticker.BarsAsync(2 * Hour)).Should().BeEmpty();
    }

    [Fact]
    public async Task Bars_of_a_shorter_length_than_they_say_are_refused_as_a_whole()
    {
        var minutes = Enumerable.Range(0, 1_000).Select(n => Bar(0) with { UnixSeconds = Start + (n * 60) }).ToArray();
        await PostAsync(Body(Entry("EURUSD", Hour, minutes)));
        await PostAsync(Body(Entry("EURUSD", Hour, [.. minutes.Select(bar => bar with { UnixSeconds = bar.UnixSeconds + 1 })])));

        var result = (await PostAsync(Body(Entry("EURUSD", Hour, [.. minutes.Select(bar => bar with { UnixSeconds = bar.UnixSeconds + 2 })])))).Data["results"]![0]!;

        ((int)result["code"]!).Should().Be(31);
        result["message"]!.ToString().Should().Contain("the time frame is a shorter one");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task No_epics_and_more_than_a_hundred_are_refused(int count)
    {
        var reply = await PostAsync(Body([.. Enumerable.Repeat(Entry("EURUSD", Hour, Bar(0)), count)]));

        (reply.Status, reply.Code).Should().Be((422, 30));
        (await _ticker.BarsAsync(Hour)).Should().BeEmpty();
    }

    [Fact]
    public async Task More_than_a_thousand_bars_of_an_epic_are_refused()
    {
        var result = (await PostAsync(Body(Entry("EURUSD", Hour, [.. Enumerable.Range(0, 1_001).Select(Bar)])))).Data["results"]![0]!;

        ((int)result["code"]!, (int)result["added"]!).Should().Be((30, 0));
        (await _ticker.BarsAsync(Hour)).Should().BeEmpty();
    }

    private static Frame Bar(int hour) => new(Start + (hour * Hour), 2m, 3m, 1.5m, 2.25m, 10m);

    private static string Row(Frame bar) => $"[{bar.UnixSeconds},{bar.Open},{bar.High},{bar.Low},{bar.Close},{bar.Volume}]";

    private static string Entry(string epic, int timeFrame, params Frame[] bars) =>
        $$"""{"epic":"{{epic}}","timeFrame":{{timeFrame}},"frames":[{{string.Join(',', bars.Select(Row))}}]}""";

    private static string Body(params string[] entries) => $$"""{"bars":[{{string.Join(',', entries)}}]}""";

    private Task<Reply> PostAsync(string body) => _gateway.SignedAsync(_gateway.EngineKey, HttpMethod.Post, "/mt/bars", body);
}
