using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Brokers.Matching;

namespace MaoTrade.Tests.Engine.Brokers.Paper;

public sealed class PaperNettingTests
{
    public static TheoryData<double, double, double, double, double, double, double?> Table => new()
    {
        // held, average, joining, price → held, average, pnl
        { 0, 0, 2, 10, 2, 10, null },
        { 2, 10, 2, 12, 4, 11, null },
        { 4, 11, -1, 13, 3, 11, 2 },
        { 4, 11, -4, 10, 0, 0, -4 },
        { 4, 11, -6, 12, -2, 12, 4 },
        { -3, 20, -1, 16, -4, 19, null },
        { -4, 19, 1, 21, -3, 19, -2 },
        { -4, 19, 10, 18, 6, 18, 4 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_quantity_joins_a_position(double held, double average, double joining, double price, double newHeld, double newAverage, double? pnl) =>
        Netting.Join((decimal)held, (decimal)average, (decimal)joining, (decimal)price)
            .Should().Be(((decimal)newHeld, (decimal)newAverage, (decimal?)pnl));

    [Fact]
    public async Task Figures_follow_the_hand_computed_table()
    {
        await using var rig = await PaperRig.StartAsync(
            PaperRig.Bars("10 10 10 10", "10 11 10 11", "12 13 12 13", "14 14 13 13.5", "9 9 8 8"),
            options => options with { Cash = 1_000, MarginRate = 0.1m });
        var peer = await rig.SubscribedAsync();
        var figures = new List<(decimal Cash, decimal Equity, decimal Margin, decimal Pnl)>();
        await peer.DriveAsync(5, async (_, bar) =>
        {
            var account = (await peer.PortfolioAsync()).Account;
            figures.Add((account.TotalCash, account.Equity, account.UsedMargin, account.Pnl));
            await (bar switch
            {
                0 => peer.BuyAsync(10),
                1 => peer.BuyAsync(10),
                2 => peer.SellAsync(30),
                _ => Task.CompletedTask,
            });
        });

        figures.Should().Equal(
            (1_000, 1_000, 0, 0),
            (1_000, 1_010, 10, 10), // 10 at 10, last 11
            (1_000, 1_040, 22, 40), // 20 at 11, last 13
            (1_060, 1_065, 14, 5), // 20 sold at 14: +60; short 10 at 14, last 13.5
            (1_060, 1_120, 14, 60)); // last 8
        var position = (await peer.PortfolioAsync()).Positions.Should().ContainSingle().Subject;
        position.Should().BeEquivalentTo(new { Qty = -10m, AvgPrice = 14m, LastPrice = 8m });
        position.DealIds.Should().ContainSingle("the flip opened a new position");
    }

    [Fact]
    public async Task An_order_that_needs_more_margin_than_is_free_is_refused()
    {
        await using var rig = await PaperRig.StartAsync(
            PaperRig.Bars("10 10 10 10", "10 10 10 10"), options => options with { Cash = 100, MarginRate = 0.1m });
        var peer = await rig.SubscribedAsync();
        var frame = await peer.NextAsync<FrameEvent>();

        (await peer.BuyAsync(60)).Kind.Should().Be(OrderAnswerKind.Accepted);
        var refused = await peer.BuyAsync(41);
        (await peer.BuyAsync(40)).Kind.Should().Be(OrderAnswerKind.Accepted, "waiting orders keep their margin and 40 of it are left");

        refused.Kind.Should().Be(OrderAnswerKind.Rejected);
        refused.Message.Should().Be("the order needs 41 of margin and 40 is free");
        frame.Frame.Close.Should().Be(10);
    }
}
