using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Engine.Systems.Sizing;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Systems.Instructions;

/// <summary>
/// Carries out one instruction of the user on a closed frame, the first that <see cref="MayActOn"/> allows, and is
/// completed when it is filled, or at once when there is nothing to do.
/// </summary>
public abstract class InstructionSystem : TradingSystem
{
    private const string Acted = "acted";

    private static readonly IReadOnlyList<ParameterDefinition> Common =
    [
        new("signal", ParameterType.Enum, "Instruction") { Required = true, Values = ["BUY", "SELL", "FLAT", "HOLD"] },
        new("stop_percent", ParameterType.Decimal, "Distance of the stop from the close, per cent; 0 = no stop")
        {
            Default = 2m, Min = 0, Max = 99,
        },
        .. PositionSizing.Parameters(null).Select(parameter =>
            parameter.Key == "qty" ? parameter with { Label = "Quantity; for FLAT what stays open" } : parameter),
    ];

    public override IReadOnlyList<ParameterDefinition> Parameters => Common;

    public override void ValidateSignal(ParameterSet parameters, SystemPortfolio portfolio, ICollection<SignalError> errors)
    {
        if (parameters.Text("signal") is "BUY" or "SELL")
        {
            PositionSizing.Validate(parameters, parameters.Decimal("stop_percent") > 0, errors);
        }
    }

    public override void Initialize(SystemPortfolio portfolio, bool isFirst) => State.Set(Acted, false);

    public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio)
    {
        if (!frame.TimeFrameEnd || frame.OrderSubmitting || IsCompleted || State.GetBoolean(Acted) || !MayActOn(frame))
        {
            return SystemDecision.None;
        }

        switch (Values.Text("signal"))
        {
            case "BUY":
                return Open(frame.Frame.Close, 1, portfolio);
            case "SELL":
                return Open(frame.Frame.Close, -1, portfolio);
            case "FLAT" when Math.Abs(portfolio.Qty) > Values.DecimalOr("qty", 0):
                State.Set(Acted, true);
                return SystemDecision.Flat(Values.DecimalOr("qty", 0));
            default:
                Complete();
                return new SystemDecision(SystemAction.Hold);
        }
    }

    public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now)
    {
        // Everything it knows is in its state.
    }

    public override void OnOrderFilled(Order order)
    {
        if (order.OnFilled is null)
        {
            Complete();
        }
    }

    /// <summary>Whether a closed frame is one to act on.</summary>
    protected abstract bool MayActOn(in SystemFrame frame);

    private SystemDecision Open(decimal close, int side, in SystemPortfolio portfolio)
    {
        var percent = Values.Decimal("stop_percent");
        decimal? stop = percent == 0 ? null : close * (1 - (side * percent / 100m));
        var qty = PositionSizing.Quantity(Values, Context, portfolio, close, stop);
        if (qty == 0)
        {
            Log("the equity is too small for one step of the instrument: nothing is opened", Journal.Severity.Warning);
            return SystemDecision.None;
        }

        State.Set(Acted, true);
        return side > 0 ? SystemDecision.Buy(qty, stop) : SystemDecision.Sell(qty, stop);
    }
}
