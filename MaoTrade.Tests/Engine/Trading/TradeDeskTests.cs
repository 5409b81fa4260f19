using System.Collections;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Tests.Simulation;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>What a desk keeps from one input to the next, and what it must not.</summary>
public sealed class TradeDeskTests
{
    private readonly Desk _parts = new();

    [Fact]
    public void The_oldest_ended_orders_leave_memory_with_the_next_input_and_open_ones_never()
    {
        var state = _parts.State;
        for (var i = 0; i <= TradingState.EndedOrdersKept; i++)
        {
            state = state.With(Order(i, i == 0 ? OrderExecState.Accepted : OrderExecState.Filled));
        }

        var desk = Of(state);
        desk.Decide(new TickInput());
        desk.State.Orders.Should().HaveCount(TradingState.EndedOrdersKept + 1);
        desk.State.HoldsAllOrders.Should().BeTrue("as many as are kept have ended");

        desk = Of(state.With(Order(TradingState.EndedOrdersKept + 1, OrderExecState.Cancelled)));
        desk.Decide(new TickInput());

        desk.State.Orders.Should().HaveCount(TradingState.EndedOrdersKept + 1).And.ContainKey("0000000").And.NotContainKey("0000001");
        desk.State.ByReference.Should().HaveCount(desk.State.Orders.Count).And.NotContainKey("R1");
        desk.State.ByClientId.Should().HaveCount(desk.State.Orders.Count).And.NotContainKey("C1");
        desk.State.HoldsAllOrders.Should().BeFalse("the store is to be asked for the others");
    }

    [Fact]
    public void Fills_stay_known_for_as_many_more_as_are_kept_and_then_leave_memory()
    {
        var desk = Of(_parts.State with { FillIds = [.. Enumerable.Range(0, TradingState.FillIdsKept).Select(i => $"a{i}")] });
        desk.Decide(new TickInput());
        desk.State.HasFill("a0").Should().BeTrue();

        desk = Of(desk.State with { FillIds = [.. Enumerable.Range(0, TradingState.FillIdsKept).Select(i => $"b{i}")] });
        desk.Decide(new TickInput());

        desk.State.HasFill("a0").Should().BeFalse();
        desk.State.HasFill("b0").Should().BeTrue();
    }

    [Fact]
    public void A_state_of_which_nothing_is_to_leave_is_not_copied()
    {
        var state = _parts.State.With(Order(1, OrderExecState.Filled));

        state.WithoutOldest().Should().BeSameAs(state);
    }

    [Fact]
    public void Nothing_of_an_input_is_decided_stored_or_let_out_with_the_next_one()
    {
        var store = new TableStore();
        var desk = new TradeDesk(store, _parts.Tools, _parts.Clock, _parts.State);
        var ticket = new CommandTicket("rid-1", long.MaxValue);
        var turn = desk.Decide(new CommandInput(ticket, new KillSwitchCommand { SrvId = 10, Reason = "a test" }));
        turn.RequestId.Should().Be("rid-1");
        turn.Changes.IsEmpty.Should().BeFalse();
        turn.Effects.OfType<ReplyEffect>().Should().ContainSingle();
        desk.Commit();
        var version = desk.State.Version;

        desk.Clear();
        desk.Turns.Should().BeEmpty();
        var next = desk.Decide(new DispatchInput("no order"));
        desk.Commit();

        next.RequestId.Should().BeNull();
        next.Changes.IsEmpty.Should().BeTrue();
        next.Effects.OfType<ReplyEffect>().Should().BeEmpty();
        desk.State.Version.Should().Be(version, "there was nothing to store");
    }

    [Fact]
    public void Every_kind_of_row_makes_a_change_set_other_than_empty_and_none_stays_when_it_begins_anew()
    {
        var kinds = typeof(ChangeSet).GetProperties().Where(property => property.PropertyType.IsAssignableTo(typeof(IEnumerable))).ToArray();
        kinds.Should().HaveCountGreaterThan(10);
        foreach (var kind in kinds)
        {
            var changes = new ChangeSet();
            var rows = (IEnumerable)kind.GetValue(changes)!;
            var row = rows.GetType().GetGenericArguments()[0];
            var nothing = row.IsValueType ? Activator.CreateInstance(row) : null;
            if (rows is IList list)
            {
                list.Add(nothing);
            }
            else
            {
                rows.GetType().GetProperty("Item")!.SetValue(rows, nothing, ["key"]);
            }

            changes.IsEmpty.Should().BeFalse($"{kind.Name} has a row");

            changes.Begin(default);

            changes.IsEmpty.Should().BeTrue($"{kind.Name} began anew");
            rows.Cast<object>().Should().BeEmpty($"{kind.Name} began anew");
        }
    }

    [Fact]
    public void A_line_that_nobody_reads_is_not_put_together()
    {
        var quiet = new TradingTools(SystemCatalog.BuiltIn, new TitleTable(), new OrderWatch(_parts.Clock), new DealReferences(_parts.Clock), _parts.Tools.Rules)
        {
            LeastLogged = LogLevel.Warning,
        };
        var turn = new Turn(_parts.State, quiet, default);
        var made = 0;

        turn.Log(LogLevel.Information, $"line {++made}");
        turn.Log(LogLevel.Warning, $"line {++made} of {1.50m:0.0}");

        made.Should().Be(1);
        turn.Effects.Should().Equal(new LogEffect(LogLevel.Warning, "line 1 of 1.5"));
    }

    private TradeDesk Of(TradingState state) => new(new TableStore(), _parts.Tools, _parts.Clock, state);

    private static Order Order(int number, OrderExecState state) => new()
    {
        OrderId = $"{number:0000000}",
        ClientOrderId = $"C{number}",
        DealReference = $"R{number}",
        Epic = "EURUSD",
        Action = OrderAction.OpenPosition,
        OpType = OrderOpType.Buy,
        OrderType = OrderType.Limit,
        Qty = 1,
        AuthorType = OrderAuthorType.User,
        ExecState = state,
    };
}
