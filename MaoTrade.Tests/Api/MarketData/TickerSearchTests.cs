using MaoApi.Data.History;
using MaoApi.MarketData.Search;
using MaoTrade.Tests.Api.Data;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.MarketData;

public sealed class TickerSearchTests
{
    private static readonly TickerIndex Index = IndexOf(
        ("AAPL", "Apple Inc."), ("MSFT", "Microsoft Corporation"), ("EURUSD", "Euro / US dollar"), ("EURGBP", "Euro / British pound"),
        ("EUR", "Euro currency index"), ("ENI", "Eni S.p.A."), ("ISP", "Intesa Sanpaolo"), ("DBK", "Deutsche Bank AG"), ("BRK.B", "Berkshire Hathaway"),
        ("MC", "LVMH Moët Hennessy Louis Vuitton"), ("ORCL", "Oracle Corporation"), ("A", "Agilent Technologies"), ("^GSPC", "S&P 500"),
        ("ΑΛΦΑ", "Alpha Bank (Άλφα)"), ("100%", "Per cent"), ("IBM", "International Business Machines"));

    [Theory]
    [InlineData("eurusd", "EURUSD", 100)]
    [InlineData("EUR", "EUR", 100)]
    [InlineData("a", "A", 100)]
    [InlineData("ms", "MSFT", 90)]
    [InlineData("micros", "MSFT", 80)]
    [InlineData("sanpaolo", "ISP", 60)]
    [InlineData("business machines", "IBM", 60)]
    [InlineData("  moet   hennessy ", "MC", 60)]
    [InlineData("MOËT", "MC", 60)]
    [InlineData("άλφα", "ΑΛΦΑ", 100)]
    [InlineData("rk.b", "BRK.B", 70)]
    [InlineData("^gspc", "^GSPC", 100)]
    [InlineData("%", "100%", 0)]
    public void What_is_meant_comes_first(string text, string symbol, int score)
    {
        var found = Index.Find(text, 5).ToList();

        if (score == 0)
        {
            found.Should().BeEmpty("no symbol begins with it, and it is no pattern");
            return;
        }

        (found[0].Symbol, found[0].Score).Should().Be((symbol, score));
    }

    [Theory]
    [InlineData("EURUDS", "EURUSD")]
    [InlineData("EURSD", "EURUSD")]
    [InlineData("EURUUSD", "EURUSD")]
    [InlineData("MSTF", "MSFT")]
    [InlineData("AAPPL", "AAPL")]
    [InlineData("XSP", "ISP")]
    [InlineData("microsft", "MSFT")]
    [InlineData("deutche bank", "DBK")]
    [InlineData("internatonal busines machines", "IBM")]
    [InlineData("berkshire hathway", "BRK.B")]
    public void Typing_mistakes_are_forgiven(string text, string symbol)
    {
        var found = Index.Find(text, 3).ToList();

        found[0].Symbol.Should().Be(symbol);
        found[0].Score.Should().BeInRange(35, 59);
    }

    [Fact]
    public void The_symbol_comes_before_what_begins_with_it_and_that_before_names()
    {
        Index.Find("eur", 10).Select(match => (match.Symbol, match.Score)).Take(3).Should().Equal(("EUR", 100), ("EURGBP", 90), ("EURUSD", 90));
        Index.Find("e", 10).Select(match => match.Symbol).Take(2).Should().Equal("ENI", "EUR");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\0\u0001")]
    [InlineData("zzzzzzzzzzzzzzzz")]
    [InlineData("\ud800")]
    public void Nothing_is_like_nothing(string text) => Index.Find(text, 10).Should().BeEmpty();

    [Fact]
    public void A_long_question_is_cut_and_answered()
    {
        Index.Find(new string('A', 100_000), 10).Should().HaveCountLessThan(11);
        Index.Find(string.Concat(Enumerable.Repeat("\u0301", 5000)), 10).Should().BeEmpty();
    }

    [Fact]
    public void One_wrong_letter_is_found_among_very_many()
    {
        var random = new Random(7);
        string Letters(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('A' + random.Next(26))));
        var index = IndexOf([.. Enumerable.Range(0, 20_000).Select(n => (Letters(5) + n, "International Holdings Inc")), ("QWERTZ", "Wanted Thing")]);

        index.Find("QWERZT", 5).First().Symbol.Should().Be("QWERTZ");
        index.Find("wantd thing", 5).First().Symbol.Should().Be("QWERTZ");
    }

    [Fact]
    public async Task What_another_process_changed_is_found_at_once()
    {
        await using var database = new SqliteUnderTest();
        await database.Provider.Migrator().MigrateAsync(CancellationToken.None);
        var clock = new FakeClock();
        using var search = new TickerSearch(database.Provider.Histories(), clock);
        await AddAsync(database, clock, "ONE", "First thing");
        (await search.FindAsync("one", 5, CancellationToken.None)).Should().ContainSingle();

        clock.Skip(TimeSpan.FromMinutes(1));
        await AddAsync(database, clock, "TWO", "Second thing");
        await using var history = database.Provider.History();
        var first = history.Tickers.Single(ticker => ticker.Symbol == "ONE");
        (first.Name, first.Modified) = ("Renamed", clock.GetUtcNow());
        await history.SaveChangesAsync();

        (await search.FindAsync("two", 5, CancellationToken.None)).Should().ContainSingle();
        (await search.FindAsync("renamed", 5, CancellationToken.None)).Should().ContainSingle().Which.Symbol.Should().Be("ONE");
        (await search.FindAsync("first", 5, CancellationToken.None)).Should().BeEmpty("it is called otherwise now");
        (first.IsEnabled, first.Modified) = (false, clock.GetUtcNow().AddSeconds(1));
        await history.SaveChangesAsync();
        (await search.FindAsync("renamed", 5, CancellationToken.None)).Should().BeEmpty();
    }

    [Fact]
    public async Task After_many_changes_the_index_is_made_anew()
    {
        await using var database = new SqliteUnderTest();
        await database.Provider.Migrator().MigrateAsync(CancellationToken.None);
        var clock = new FakeClock();
        using var search = new TickerSearch(database.Provider.Histories(), clock);
        (await search.FindAsync("S1", 5, CancellationToken.None)).Should().BeEmpty();
        clock.Skip(TimeSpan.FromMinutes(1));
        await using var history = database.Provider.History();
        history.AddRange(Enumerable.Range(0, 2500).Select(n => new Ticker
        {
            Symbol = $"S{n}",
            Name = $"Name {n}",
            Source = TickerSources.Store,
            IsEnabled = true,
            Modified = clock.GetUtcNow(),
        }));
        await history.SaveChangesAsync();

        foreach (var symbol in new[] { "S0", "S1700", "S2499" })
        {
            (await search.FindAsync(symbol, 1, CancellationToken.None)).Should().ContainSingle().Which.Symbol.Should().Be(symbol);
        }
    }

    private static TickerIndex IndexOf(params (string Symbol, string Name)[] tickers) =>
        new([.. tickers.Select((ticker, n) => new TickerEntry(n + 1, ticker.Symbol, ticker.Name, "", true, default))]);

    private static async Task AddAsync(SqliteUnderTest database, FakeClock clock, string symbol, string name)
    {
        await using var history = database.Provider.History();
        history.Add(new Ticker { Symbol = symbol, Name = name, Source = TickerSources.Store, IsEnabled = true, Modified = clock.GetUtcNow() });
        await history.SaveChangesAsync();
    }
}
