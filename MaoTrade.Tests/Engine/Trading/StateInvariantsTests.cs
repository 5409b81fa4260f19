using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>What a store may not give back unseen.</summary>
public sealed class StateInvariantsTests
{
    private static readonly Order Good = new()
    {
        OrderId = "01",
        DealReference = "R1",
        Epic = "EURUSD",
        Action = OrderAction.OpenPosition,
        OpType = OrderOpType.Buy,
        OrderType = OrderType.Market,
        Qty = 10m,
        AuthorType = OrderAuthorType.System,
        ExecState = OrderExecState.Submitted,
        DealStatus = DealStatus.Submitting,
        Attempt = 1,
    };

    private static readonly StoredState Whole = new(
        null, [Good], true, [], [], [], new Dictionary<string, string>(), new Dictionary<string, IReadOnlyList<Frame>>())
    {
        Moved = new Dictionary<string, decimal>(),
    };

    public static TheoryData<StoredState, string> Contradictions() => new()
    {
        { Whole with { Positions = [Position(5m)] }, "position in EURUSD: 5, its fills come to 0" },
        { Whole with { Moved = new Dictionary<string, decimal> { ["EURUSD"] = -2m } }, "position in EURUSD: 0, its fills come to -2" },
        { With(Good with { DealStatus = DealStatus.Rejected }), "order 01: Submitted and Rejected do not go together" },
        { With(Good with { Filled = 10m }), "order 01: 10 of 10 filled and not ended" },
        { With(Good with { ExecState = OrderExecState.Filled, DealStatus = DealStatus.Executing, Filled = 4m }), "order 01: ended as filled with 4 of 10" },
        { With(Good with { Attempt = 0 }), "order 01: Submitted without an attempt" },
        { With(Good, Good with { OrderId = "02" }), "order 02: the reference R1 belongs to another order too" },
        {
            With(Good with { Changes = [new OrderChange(default, OrderExecState.JustCreated, DealStatus.NotSubmitted, "")] }),
            "order 01: Submitted, its last step says JustCreated"
        },
        {
            With(Good with { OnFilled = new TradeIntent("EURUSD", OrderAction.OpenPosition, OrderOpType.Buy, 1m) }),
            "order 01: what follows its fill is no second half of a reversal in EURUSD"
        },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_contradiction_is_named_with_its_figures(StoredState stored, string expected) =>
        StateInvariants.Broken(stored).Should().Equal(expected);

    [Fact]
    public void What_agrees_is_whole() => StateInvariants.Broken(Whole with
    {
        Positions = [Position(0.3m)],
        Moved = new Dictionary<string, decimal> { ["EURUSD"] = 0.30000000000000004m },
    }).Should().BeEmpty();

    private static StoredState With(params Order[] orders) => Whole with { Orders = orders };

    private static Position Position(decimal qty) => new() { Epic = "EURUSD", Qty = qty, AvgPrice = 1m, LastPrice = 1m, OpenedAt = default };
}
