using System.Text.Json.Nodes;
using MaoApi.Data;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Commands;

public sealed class ImportVerbTests
{
    private const string Csv =
        """
        date,open,high,low,close,volume
        2026-01-05,1.10,1.20,1.05,1.15,100
        2026-01-06,1.15,1.25,1.10,1.20,200
        2026-01-07,0,1.25,1.10,1.20,200
        2026-01-08,1.20,NaN,1.10,1.20,200
        2026-01-09,1.20,1.30,-1,1.25,300
        the end
        2026-01-12,1.25,1.35,1.20,1.30,400
        """;

    [Fact]
    public async Task A_csv_file_becomes_a_ticker_its_bad_lines_are_named_and_the_gateway_serves_it()
    {
        await using var gateway = await Gateway.StartAsync();
        var file = Path.Combine(gateway.DataDir, "EURUSD.csv");
        await File.WriteAllTextAsync(file, Csv);

        var run = await gateway.OnFolderAsync("", "import", "csv", file, "--name", "Euro", "--market", "FX", "--currency", "USD", "--json");
        var again = await gateway.OnFolderAsync("", "import", "csv", file, "--json");

        run.ExitCode.Should().Be(0, run.Error);
        var report = JsonNode.Parse(run.Output)!;
        var ticker = report["tickers"]!.AsArray().Should().ContainSingle().Subject!;
        (ticker["symbol"]!.ToString(), (int)ticker["timeFrame"]!, (int)ticker["added"]!).Should().Be(("EURUSD", 86_400, 3));
        report["faults"]!.AsArray().Select(fault => ((string)fault!["file"]!, (int)fault["row"]!))
            .Should().Equal(("EURUSD.csv", 4), ("EURUSD.csv", 5), ("EURUSD.csv", 6), ("EURUSD.csv", 7));
        JsonNode.Parse(again.Output)!["tickers"]![0]!["unchanged"]!.ToString().Should().Be("3");
        var served = await gateway.SignedAsync(
            gateway.ServiceKey, HttpMethod.Post, "/srv/ticker/market-data", """{"ticker":"EURUSD","timeFrame":86400,"toDate":"2026-02-01","frames":3}""");
        served.Data["frames"]!.AsArray().Select(row => (decimal)row!["close"]!).Should().Equal(1.15m, 1.20m, 1.30m);
        var found = await gateway.SignedAsync(gateway.ServiceKey, HttpMethod.Get, "/srv/ticker?q=eurusdd");
        (found.Data["items"]![0]!["name"]!.ToString(), found.Data["items"]![0]!["market"]!.ToString()).Should().Be(("Euro", "FX"));
    }

    [Fact]
    public async Task An_epic_is_tied_to_the_ticker_and_an_unknown_one_is_said()
    {
        await using var gateway = await Gateway.StartAsync();
        await using (var home = gateway.Database())
        {
            home.Add(new MaoApi.Data.Entities.Symbol { Epic = "CS.EURUSD", Name = "Euro", IsEnabled = true });
            await home.SaveChangesAsync();
        }

        var file = Path.Combine(gateway.DataDir, "a.csv");
        await File.WriteAllTextAsync(file, Csv);

        (await gateway.OnFolderAsync("", "import", "csv", file, "--symbol", "EUR", "--epic", "CS.EURUSD")).ExitCode.Should().Be(0);
        (await gateway.OnFolderAsync("", "import", "csv", file, "--symbol", "EUR", "--epic", "NOBODY")).ExitCode.Should().Be(1);

        var served = await gateway.SignedAsync(
            gateway.ServiceKey, HttpMethod.Post, "/srv/ticker/market-data", """{"epic":"CS.EURUSD","timeFrame":86400,"toDate":"2026-02-01","frames":3}""");
        ((int)served.Data["count"]!).Should().Be(3);
    }

    [Theory]
    [InlineData("--time-frame", "0")]
    [InlineData("--time-frame", "-60")]
    [InlineData("--time-frame", "2678401")]
    [InlineData("--currency", "euro")]
    [InlineData("--symbol", " EUR")]
    public async Task Wrong_words_are_a_2_and_import_nothing(string option, string value)
    {
        await using var gateway = await Gateway.StartAsync();
        var file = Path.Combine(gateway.DataDir, "a.csv");
        await File.WriteAllTextAsync(file, Csv);

        (await gateway.OnFolderAsync("", "import", "csv", file, option, value)).ExitCode.Should().Be(2);

        await using var history = await gateway.App.Services.GetRequiredService<IDbContextFactory<MaoDataContext>>().CreateDbContextAsync();
        (await history.Tickers.CountAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n1,2\n")]
    [InlineData("date,open,high,low,close\n2026-01-05,1,1,1,1\n")]
    [InlineData("date,open,high,low,close\nx,1,1,1,1\n")]
    public async Task A_file_of_which_nothing_can_be_taken_is_a_1_and_says_why(string text)
    {
        await using var gateway = await Gateway.StartAsync();
        var file = Path.Combine(gateway.DataDir, "a.csv");
        await File.WriteAllTextAsync(file, text);

        var run = await gateway.OnFolderAsync("", "import", "csv", file);

        (run.ExitCode, text.Length == 0 || run.Error.Length > 0).Should().Be((text.Length == 0 ? 0 : 1, true));
    }

    [Fact]
    public async Task A_folder_that_is_none_and_a_file_that_is_not_there_are_a_2()
    {
        await using var gateway = await Gateway.StartAsync();
        using var folder = new TemporaryFolder();

        var none = await gateway.OnFolderAsync("", "import", "metastock", folder.Path);
        var gone = await gateway.OnFolderAsync("", "import", "metastock", folder.File("nothing"));
        var file = await gateway.OnFolderAsync("", "import", "csv", folder.File("nothing.csv"));

        (none.ExitCode, gone.ExitCode, file.ExitCode).Should().Be((2, 2, 2));
        none.Error.Should().Contain("MASTER");
    }

    [MarketDataFact]
    public async Task A_metastock_folder_is_imported_whole_and_again_without_a_change()
    {
        await using var gateway = await Gateway.StartAsync();
        var folder = Path.Combine(Repository.MarketData!, "metastock");

        var run = await gateway.OnFolderAsync("", "import", "metastock", folder, "--json");
        var again = await gateway.OnFolderAsync("", "import", "metastock", folder, "--json");

        run.ExitCode.Should().Be(0, run.Error);
        var first = JsonNode.Parse(run.Output)!["tickers"]!.AsArray();
        first.Should().NotBeEmpty();
        foreach (var (one, other) in first.Zip(JsonNode.Parse(again.Output)!["tickers"]!.AsArray()))
        {
            ((int)other!["added"]!, (int)other["corrected"]!, (int)other["unchanged"]!).Should().Be((0, 0, (int)one!["added"]!));
        }
    }
}
