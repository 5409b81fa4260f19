using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Testing;
using MaoTrade.Engine.Testing.Data;
using MaoTrade.Engine.Testing.Reports;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Testing;

public sealed class BacktestTests
{
    [MarketDataFact]
    public void Hourly_EURUSD_trades_as_worked_out_apart()
    {
        var file = Path.Combine(Repository.MarketData!, "fx", "eurusd-hour.csv");
        var bars = Read(new BacktestSource(file) { Epic = "EURUSD" });
        var expected = ReferenceReplay.MacdCrossover(
            "demo", "EURUSD", ReferenceReplay.ReadBidAsk(File.ReadLines(file)), fast: 5, slow: 12, stopPercent: 0.2m, qty: 1_000m);

        var result = Plans.BuiltIn("MacdCrossover", """{"fast_period":5,"slow_period":12,"stop_percent":0.2,"qty":1000}""", bars).Run();

        ShouldBe(result, expected);
    }

    [MarketDataFact]
    public void Shares_of_a_Metastock_folder_trade_as_worked_out_apart()
    {
        var folder = Path.Combine(Repository.MarketData!, "metastock");
        var bars = Read(new BacktestSource(folder) { Epic = "ALB" });
        var expected = ReferenceReplay.MacdCrossover(
            "demo", "ALB", ReferenceReplay.ReadMetastock(folder, "ALB"), fast: 12, slow: 26, stopPercent: 2, qty: 100);

        ShouldBe(Plans.BuiltIn("MacdCrossover", "{}", bars).Run(), expected);
    }

    [Fact]
    public void Two_runs_are_the_same_bytes_and_so_is_a_resumed_one()
    {
        var plan = Plans.BuiltIn("MacdCrossover", """{"fast_period":3,"slow_period":7}""", Plans.Walk(500));

        var first = Json(plan.Run());

        Json(plan.Run()).Should().Be(first);
        Json((plan with { ResumeAt = 250 }).Run()).Should().Be(first);
        Json((plan with { Seed = 9 }).Run()).Should().Be(first.Replace("\"seed\":0", "\"seed\":9", StringComparison.Ordinal), "ids are drawn from the seed and nothing else");
    }

    [Fact]
    public void The_hash_is_that_of_the_orders_as_they_are_written()
    {
        var text = Json(Plans.BuiltIn("MacdCrossover", """{"fast_period":3,"slow_period":7}""", Plans.Walk(500)).Run());
        using var report = JsonDocument.Parse(text);
        var orders = report.RootElement.GetProperty("orders");
        orders.GetArrayLength().Should().BePositive();

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(orders.GetRawText())));

        report.RootElement.GetProperty("ordersSha256").GetString().Should().Be(hash);
    }

    [Fact]
    public void A_wrong_parameter_is_refused_by_its_system()
    {
        var run = () => Plans.BuiltIn("MacdCrossover", """{"fast_period":30}""", Plans.Walk(10)).Run();

        run.Should().Throw<BacktestRefusedException>().Which.Faults.Should().Equal(
            "params.fast_period: fast_period must be smaller than slow_period (26), not 30");
    }

    [Fact]
    public void A_cancelled_test_ends_between_two_bars()
    {
        using var stop = new CancellationTokenSource();
        var progress = new Reports(worked =>
        {
            if (worked > 0)
            {
                stop.Cancel();
            }
        });
        var plan = Plans.BuiltIn("MacdCrossover", "{}", Plans.Walk(20_000));

        var run = () => Backtest.Run(plan, progress, stop.Token);

        run.Should().Throw<OperationCanceledException>();
        progress.Last.Should().BeLessThan(20_000);
    }

    private static BarSeries Read(BacktestSource source)
    {
        var faults = new List<string>();
        var bars = BacktestData.Read(source, faults, []);
        faults.Should().BeEmpty();
        return bars!;
    }

    private static void ShouldBe(BacktestResult result, List<LedgerOrder> expected)
    {
        // An order that still waits after the last bar is none of the filled ones.
        var filled = expected.Where(order => order.FillFrame != 0).ToList();
        filled.Should().Contain(order => order.OrderType == (int)OrderType.Stop, "the stop must be hit, or this proves less than it says");
        result.Orders.Select(order => (order.Frame, (int)order.OpType, (int)order.OrderType, order.Qty, order.Price))
            .Should().Equal(filled.Select(order => (order.FillFrame, order.OpType, order.OrderType, order.Qty, order.FillPrice)));
    }

    private static string Json(BacktestResult result)
    {
        using var output = new MemoryStream();
        JsonReport.Write(result, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private sealed class Reports(Action<int> report) : IProgress<int>
    {
        public int Last { get; private set; }

        public void Report(int value)
        {
            Last = value;
            report(value);
        }
    }
}
