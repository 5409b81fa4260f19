using MaoTrade.Engine.Orders;

namespace MaoTrade.Tests.Engine.Orders;

public sealed class OrderTransitionsTests
{
    // Rows: state; columns in the order of OrderEvent. "=" nothing new, "!" contradiction, else state/way.
    private const string Matrix =
        """
        JustCreated | Submitted/Submitting | Accepted/Executing | Error/Rejected | = | = | Accepted/Executing | Filled/Executing | Cancelled/ToTrash | Cancelled/ToTrash | Error/Rejected | Cancelled/ToTrash | = | =
        Submitted | ! | Accepted/Executing | Error/Rejected | JustCreated/Delayed | Unknown/Unknown | Accepted/Executing | Filled/Executing | Cancelled/ToTrash | = | = | Submitted/Submitting | = | !
        Accepted | ! | = | Error/Rejected | = | = | Accepted/Executing | Filled/Executing | Cancelled/ToTrash | = | = | Accepted/Executing | Accepted/Executing | !
        Filled | ! | = | ! | = | = | ! | ! | = | = | = | = | = | !
        Error | ! | ! | = | = | = | Accepted/Executing | Filled/Executing | = | = | = | = | = | =
        Cancelled | ! | ! | = | = | = | Accepted/Executing | Filled/Executing | = | = | = | = | = | =
        Unknown | ! | Accepted/Executing | Error/Rejected | = | = | Accepted/Executing | Filled/Executing | Cancelled/ToTrash | = | = | Unknown/Unknown | = | JustCreated/NotSubmitted
        """;

    public static TheoryData<OrderExecState, OrderEvent, string> Cells()
    {
        var cells = new TheoryData<OrderExecState, OrderEvent, string>();
        foreach (var line in Matrix.Split('\n'))
        {
            var columns = line.Split('|', StringSplitOptions.TrimEntries);
            for (var column = 1; column < columns.Length; column++)
            {
                cells.Add(Enum.Parse<OrderExecState>(columns[0]), (OrderEvent)(column - 1), columns[column]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_cell_is_decided(OrderExecState state, OrderEvent @event, string expected)
    {
        var verdict = OrderTransitions.Decide(state, @event);

        var text = verdict.Kind switch
        {
            OrderVerdictKind.Keep => "=",
            OrderVerdictKind.Clash => "!",
            _ => $"{verdict.ExecState}/{verdict.DealStatus}",
        };
        text.Should().Be(expected);
    }

    [Fact]
    public void The_matrix_holds_every_state_and_every_event() =>
        Cells().Should().HaveCount(Enum.GetValues<OrderExecState>().Length * Enum.GetValues<OrderEvent>().Length);

    [Fact]
    public void Silence_never_ends_an_order()
    {
        foreach (var state in Enum.GetValues<OrderExecState>())
        {
            var verdict = OrderTransitions.Decide(state, OrderEvent.AnswerLost);
            (verdict.Kind == OrderVerdictKind.Change && verdict.ExecState is OrderExecState.Error or OrderExecState.Cancelled)
                .Should().BeFalse($"a lost answer in {state} proves nothing");
        }
    }
}
