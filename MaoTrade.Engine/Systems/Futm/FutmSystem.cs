using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Systems.Futm;

/// <summary>
/// Follow the user at the market: carries out one instruction on the first closed frame and is completed when it is filled.
/// </summary>
public sealed class FutmSystem : TradingSystem
{
    private const string Acted = "acted";

    public override string Name => "FUTM";

    public override string Description => "Carries out one instruction of the user at the market";

    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new("signal", ParameterType.Enum, "Instruction") { Required = true, Values = ["BUY", "SELL", "FLAT", "HOLD"] },
        new("qty", ParameterType.Decimal, "Quantity; for FLAT what stays open") { Min = 0, Max = 1_000_000_000 },
        new("stop_percent", ParameterType.Decimal, "Distance of the stop from the close, per cent; 0 = no stop")
        {
            Default = 2m, Min = 0, Max = 99,
        },
    ];

    public override void ValidateSignal(ParameterSet parameters, SystemPortfolio portfolio, ICollection<SignalError> errors)
    {
        if (parameters.Text("signal") is "BUY" or "SELL" && parameters.DecimalOr("qty", 0) <= 0)
        {
            errors.Add(new SignalError("params.qty", "required", "qty must be a number above 0 for BUY and SELL"));
        }
    }

    public override void Initialize(SystemPortfolio portfolio, bool isFirst) => State.Set(Acted, false);

    public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio)
    {
        if (!frame.TimeFrameEnd || frame.OrderSubmitting || IsCompleted || State.GetBoolean(Acted))
        {
            return SystemDecision.None;
        }

        var close = frame.Frame.Close;
        var stop = Values.Decimal("stop_percent") / 100m;
        var qty = Values.DecimalOr("qty", 0);
        switch (Values.Text("signal"))
        {
            case "BUY":
                State.Set(Acted, true);
                return SystemDecision.Buy(qty, stop == 0 ? null : close * (1 - stop));
            case "SELL":
                State.Set(Acted, true);
                return SystemDecision.Sell(qty, stop == 0 ? null : close * (1 + stop));
            case "FLAT" when Math.Abs(portfolio.Qty) > qty:
                State.Set(Acted, true);
                return SystemDecision.Flat(qty);
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
}
