using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Engine.Systems.Sizing;
using MaoTrade.Market.Frames;
using MaoTrade.Market.Indicators;

namespace MySystems;

/// <summary>Buys where the close is above the highest high of the frames before, and leaves at the average.</summary>
public sealed class BreakoutSystem : TradingSystem
{
    private Highest _high = null!;
    private Ema _average = null!;
    private ChartSeries _line = null!;

    public override string Name => "Breakout";

    public override string Description => "Buys break-outs, leaves below the average";

    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new("period", ParameterType.Int, "Frames whose high must be broken") { Default = 20m, Min = 2, Max = 1_000 },
        new("stop_percent", ParameterType.Decimal, "Distance of the stop, per cent") { Default = 1m, Min = 0.1m, Max = 50 },
        .. PositionSizing.Parameters(1m),
    ];

    public override int ResumeFrames(ParameterSet parameters) => parameters.Int("period");

    public override void ValidateSignal(ParameterSet parameters, SystemPortfolio portfolio, ICollection<SignalError> errors) =>
        PositionSizing.Validate(parameters, hasStop: true, errors);

    protected override void Prepare()
    {
        _high = new Highest(Values.Int("period"));
        _average = new Ema(Values.Int("period"));
        _line = Chart.Declare("price", "average");
    }

    public override void Initialize(SystemPortfolio portfolio, bool isFirst) => State.Remove("average");

    public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio)
    {
        if (!frame.TimeFrameEnd)
        {
            return SystemDecision.None;
        }

        var close = frame.Frame.Close;
        var breaksOut = _high.IsReady && (double)close > _high.Value;
        Take(frame.Frame);
        _line.Add(frame.Frame.UnixSeconds, _average.Value);
        Touch();
        if (portfolio.IsFlat && breaksOut)
        {
            var stop = close * (1 - (Values.Decimal("stop_percent") / 100m));
            return SystemDecision.Buy(PositionSizing.Quantity(Values, Context, portfolio, close, stop), stop);
        }

        return portfolio.IsLong && (double)close < _average.Value ? SystemDecision.Flat() : SystemDecision.None;
    }

    public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now)
    {
        foreach (var frame in frames)
        {
            Take(frame);
        }

        State.Load("average", _average);
    }

    protected override void SaveState() => State.Set("average", _average);

    private void Take(in Frame frame)
    {
        _high.Add((double)frame.High);
        _average.Add((double)frame.Close);
    }
}
