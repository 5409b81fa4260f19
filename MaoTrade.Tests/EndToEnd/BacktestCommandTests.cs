using System.Globalization;
using System.Text.Json;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>The command <c>backtest</c> as its user meets it.</summary>
[Collection("processes")]
public sealed class BacktestCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ctrl_C_ends_it_with_130_and_nothing_is_written()
    {
        var page = _folder.File("report.html");
        await using var test = new ChildProcess(
            ["backtest", "--system", "MacdCrossover", "--data", Data(20_000), "--resume-everywhere", "--html", page, "--progress"]);
        await Until.TrueAsync("the test runs", TimeSpan.FromSeconds(150), () => Task.FromResult(
            test.ErrorSoFar.Contains("progress ", StringComparison.Ordinal)));

        await test.SignalAsync("INT");

        (await test.ExitCodeAsync()).Should().Be(130);
        (await test.ErrorAsync()).Should().EndWith("cancelled; nothing was written\n");
        (await test.OutputAsync()).Should().BeEmpty();
        File.Exists(page).Should().BeFalse();
    }

    [Theory]
    [InlineData("hold", 1, 10)]
    [InlineData("close", 2, 0)]
    public async Task At_the_end_a_position_is_held_or_closed_at_the_last_close(string atEnd, int orders, int left)
    {
        var data = Data(80);
        await using var test = new ChildProcess(
        [
            "backtest", "--system", "MacdCrossover", "--data", data, "--param", "fast_period=2", "--param", "slow_period=5",
            "--param", "qty=10", "--at-end", atEnd, "--json",
        ]);

        (await test.ExitCodeAsync()).Should().Be(0, await test.ErrorAsync());
        using var report = JsonDocument.Parse(await test.OutputAsync());
        var made = report.RootElement.GetProperty("orders").EnumerateArray().ToList();
        made.Should().HaveCount(orders);
        made.Sum(order => order.GetProperty("qty").GetDecimal() * (order.GetProperty("opType").GetInt32() == 1 ? 1 : -1)).Should().Be(left);
        var last = (await File.ReadAllLinesAsync(data))[^1].Split(',');
        var atLastBar = made[^1].GetProperty("frame").GetInt64() == DateTimeOffset.Parse(last[0], CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        atLastBar.Should().Be(atEnd == "close");
        if (atLastBar)
        {
            made[^1].GetProperty("price").GetDecimal().Should().Be(decimal.Parse(last[4], CultureInfo.InvariantCulture));
            made[^1].GetProperty("reason").GetString().Should().Be("end");
        }
    }

    /// <summary>Days that fall for 40 bars and rise from there on: one crossing, upwards.</summary>
    private string Data(int bars)
    {
        var file = _folder.File("valley.csv");
        File.WriteAllLines(file, Enumerable.Range(0, bars).Select(i =>
        {
            var price = 100 + Math.Abs(i - 40);
            return string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UnixEpoch.AddHours(i):yyyy-MM-dd'T'HH:mm:ss'Z'},{price},{price},{price},{price}");
        }).Prepend("time,open,high,low,close"));
        return file;
    }
}
