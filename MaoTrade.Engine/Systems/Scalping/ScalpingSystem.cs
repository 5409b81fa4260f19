using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Engine.Systems.Sizing;
using MaoTrade.Market.Frames;
using MaoTrade.Market.Indicators;

namespace MaoTrade.Engine.Systems.Scalping;

/// <summary>
/// Short trades with the trend: flat, it buys where the fast average is above the slow one and 50 &lt; RSI &lt; 70, sells
/// where it is below and 30 &lt; RSI &lt; 50; each with a stop and a take profit, and flat after max_bars at the latest.
/// Decides on closed frames.
/// </summary>
public sealed class ScalpingSystem : TradingSystem
{
    private const string Held = "held";

    private Ema _fast = null!;
    private Ema _slow = null!;
    private Rsi _strength = null!;
    private ChartSeries _fastLine = null!;
    private ChartSeries _slowLine = null!;
    private ChartSeries _strengthLine = null!;
    private decimal _take;
    private decimal _stop;
    private int _maxBars;

    /// <summary>Closed frames with an open position.</summary>
    private long _held;

    public override string Name => "Scalping";

    public override string Description => "Short trades with the trend of two averages, filtered by relative strength";

    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new("fast_period", ParameterType.Int, "Frames of the fast average") { Default = 5m, Min = 1, Max = 9_999 },
        new("slow_period", ParameterType.Int, "Frames of the slow average") { Default = 13m, Min = 2, Max = 10_000 },
        new("rsi_period", ParameterType.Int, "Frames of the relative strength index") { Default = 14m, Min = 2, Max = 10_000 },
        new("take_percent", ParameterType.Decimal, "Distance of the take profit from the close, per cent; 0 = none") { Default = 0.2m, Min = 0, Max = 99 },
        new("stop_percent", ParameterType.Decimal, "Distance of the stop from the close, per cent; 0 = no stop") { Default = 0.1m, Min = 0, Max = 99 },
        new("max_bars", ParameterType.Int, "Closed frames after which a position is closed") { Default = 10m, Min = 1, Max = 1_000_000 },
        .. PositionSizing.Parameters(100m),
    ];

    public override int ResumeFrames(ParameterSet parameters) =>
        Math.Max(parameters.Int("slow_period"), parameters.Int("rsi_period") + 1);

    public override void ValidateSignal(ParameterSet parameters, SystemPortfolio portfolio, ICollection<SignalError> errors)
    {
        parameters.RequireSmaller("fast_period", "slow_period", errors);
        PositionSizing.Validate(parameters, parameters.Decimal("stop_percent") > 0, errors);
    }

    protected override void Prepare()
    {
        _fast = new Ema(Values.Int("fast_period"));
        _slow = new Ema(Values.Int("slow_period"));
        _strength = new Rsi(Values.Int("rsi_period"));
        _take = Values.Decimal("take_percent") / 100m;
        _stop = Values.Decimal("stop_percent") / 100m;
        _maxBars = Values.Int("max_bars");
        _held = State.GetInt64(Held);
        _fastLine = Chart.Declare("price", "fast");
        _slowLine = Chart.Declare("price", "slow");
        _strengthLine = Chart.Declare("strength", "rsi");
    }

    public override void Initialize(SystemPortfolio portfolio, bool isFirst)
    {
        // After an edit the running values are of other periods: the kept frames make new ones.
        State.Remove("fast");
        State.Remove("slow");
        State.Remove("rsi");
        _held = isFirst ? 0 : _held;
        Touch();
    }

    public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio)
    {
        if (!frame.TimeFrameEnd)
        {
            return SystemDecision.None;
        }

        Take(frame.Frame);
        Draw(frame.Frame.UnixSeconds);
        _held = portfolio.IsFlat ? 0 : _held + 1;
        Touch();
        if (!portfolio.IsFlat)
        {
            return _held >= _maxBars ? SystemDecision.Flat() : SystemDecision.None;
        }

        if (!_slow.IsReady || !_strength.IsReady)
        {
            return SystemDecision.None;
        }

        var strength = _strength.Value;
        return (_fast.Value > _slow.Value, _fast.Value < _slow.Value) switch
        {
            (true, _) when strength is > 50 and < 70 => Open(frame.Frame.Close, 1, portfolio),
            (_, true) when strength is > 30 and < 50 => Open(frame.Frame.Close, -1, portfolio),
            _ => SystemDecision.None,
        };
    }

    public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now)
    {
        foreach (var frame in frames)
        {
            Take(frame);
        }

        State.Load("fast", _fast);
        State.Load("slow", _slow);
        State.Load("rsi", _strength);
    }

    protected override void SaveState()
    {
        State.Set("fast", _fast);
        State.Set("slow", _slow);
        State.Set("rsi", _strength);
        State.Set(Held, _held);
    }

    private void Take(in Frame frame)
    {
        var close = (double)frame.Close;
        _fast.Add(close);
        _slow.Add(close);
        _strength.Add(close);
    }

    private void Draw(long frame)
    {
        _fastLine.Add(frame, _fast.Value);
        _slowLine.Add(frame, _slow.Value);
        _strengthLine.Add(frame, _strength.Value);
    }

    private SystemDecision Open(decimal close, int side, in SystemPortfolio portfolio)
    {
        decimal? stop = _stop == 0 ? null : close * (1 - (side * _stop));
        decimal? take = _take == 0 ? null : close * (1 + (side * _take));
        var qty = PositionSizing.Quantity(Values, Context, portfolio, close, stop);
        return qty == 0 ? SystemDecision.None
            : side > 0 ? SystemDecision.Buy(qty, stop, take)
            : SystemDecision.Sell(qty, stop, take);
    }
}
