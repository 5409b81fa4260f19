using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Engine.Systems.Sizing;
using MaoTrade.Market.Frames;
using MaoTrade.Market.Indicators;

namespace MaoTrade.Engine.Systems.Swing;

/// <summary>
/// Break-outs with the trend: buys where the close is above its average and above the highest high of the previous
/// entry_period frames, stop_atr true ranges above its stop; closes where the close falls below the lowest low of the
/// previous exit_period frames. With <c>short</c> the same mirrored. Decides on closed frames.
/// </summary>
public sealed class SwingSystem : TradingSystem
{
    private Sma _trend = null!;
    private Atr _range = null!;
    private Highest _entryHigh = null!;
    private Lowest _entryLow = null!;
    private Highest _exitHigh = null!;
    private Lowest _exitLow = null!;
    private ChartSeries _trendLine = null!;
    private ChartSeries _rangeLine = null!;
    private double _stopRanges;
    private bool _short;

    public override string Name => "Swing";

    public override string Description => "Break-outs in the direction of the trend, stopped by the average true range";

    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new("trend_period", ParameterType.Int, "Frames of the average that tells the trend") { Default = 50m, Min = 1, Max = 10_000 },
        new("entry_period", ParameterType.Int, "Frames whose extreme must be broken to enter") { Default = 20m, Min = 1, Max = 10_000 },
        new("exit_period", ParameterType.Int, "Frames whose extreme must be broken to leave") { Default = 10m, Min = 1, Max = 10_000 },
        new("atr_period", ParameterType.Int, "Frames of the average true range") { Default = 14m, Min = 1, Max = 10_000 },
        new("stop_atr", ParameterType.Decimal, "Distance of the stop from the close in average true ranges; 0 = no stop") { Default = 2m, Min = 0, Max = 1_000 },
        new("short", ParameterType.Bool, "Whether it sells short too") { Default = false },
        .. PositionSizing.Parameters(100m),
    ];

    public override int ResumeFrames(ParameterSet parameters) =>
        Math.Max(
            Math.Max(parameters.Int("trend_period"), parameters.Int("atr_period")),
            Math.Max(parameters.Int("entry_period"), parameters.Int("exit_period")));

    public override void ValidateSignal(ParameterSet parameters, SystemPortfolio portfolio, ICollection<SignalError> errors) =>
        PositionSizing.Validate(parameters, parameters.Decimal("stop_atr") > 0, errors);

    protected override void Prepare()
    {
        _trend = new Sma(Values.Int("trend_period"));
        _range = new Atr(Values.Int("atr_period"));
        _entryHigh = new Highest(Values.Int("entry_period"));
        _entryLow = new Lowest(Values.Int("entry_period"));
        _exitHigh = new Highest(Values.Int("exit_period"));
        _exitLow = new Lowest(Values.Int("exit_period"));
        _stopRanges = (double)Values.Decimal("stop_atr");
        _short = Values.Bool("short");
        _trendLine = Chart.Declare("price", "trend");
        _rangeLine = Chart.Declare("range", "atr");
    }

    public override void Initialize(SystemPortfolio portfolio, bool isFirst)
    {
        // After an edit the running values are of other periods: the kept frames make new ones.
        State.Remove("trend");
        State.Remove("atr");
        Touch();
    }

    public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio)
    {
        if (!frame.TimeFrameEnd)
        {
            return SystemDecision.None;
        }

        // The extremes are those before this frame.
        var close = (double)frame.Frame.Close;
        var breaksUp = _entryHigh.IsReady && close > _entryHigh.Value;
        var breaksDown = _entryLow.IsReady && close < _entryLow.Value;
        var leavesLong = _exitLow.IsReady && close < _exitLow.Value;
        var leavesShort = _exitHigh.IsReady && close > _exitHigh.Value;
        Take(frame.Frame);
        _trendLine.Add(frame.Frame.UnixSeconds, _trend.Value);
        _rangeLine.Add(frame.Frame.UnixSeconds, _range.Value);
        Touch();
        if (!portfolio.IsFlat)
        {
            return (portfolio.IsLong ? leavesLong : leavesShort) ? SystemDecision.Flat() : SystemDecision.None;
        }

        if (!_trend.IsReady || !_range.IsReady)
        {
            return SystemDecision.None;
        }

        return breaksUp && close > _trend.Value ? Open(frame.Frame.Close, 1, portfolio)
            : _short && breaksDown && close < _trend.Value ? Open(frame.Frame.Close, -1, portfolio)
            : SystemDecision.None;
    }

    public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now)
    {
        foreach (var frame in frames)
        {
            Take(frame);
        }

        State.Load("trend", _trend);
        State.Load("atr", _range);
    }

    protected override void SaveState()
    {
        State.Set("trend", _trend);
        State.Set("atr", _range);
    }

    private void Take(in Frame frame)
    {
        var high = (double)frame.High;
        var low = (double)frame.Low;
        var close = (double)frame.Close;
        _trend.Add(close);
        _range.Add(high, low, close);
        _entryHigh.Add(high);
        _exitHigh.Add(high);
        _entryLow.Add(low);
        _exitLow.Add(low);
    }

    private SystemDecision Open(decimal close, int side, in SystemPortfolio portfolio)
    {
        decimal? stop = _stopRanges == 0 ? null : close - (side * (decimal)(_stopRanges * _range.Value));
        if (stop <= 0)
        {
            Log($"no entry at {close}: the stop would be at {stop}", Journal.Severity.Warning);
            return SystemDecision.None;
        }

        var qty = PositionSizing.Quantity(Values, Context, portfolio, close, stop);
        return qty == 0 ? SystemDecision.None
            : side > 0 ? SystemDecision.Buy(qty, stop)
            : SystemDecision.Sell(qty, stop);
    }
}
