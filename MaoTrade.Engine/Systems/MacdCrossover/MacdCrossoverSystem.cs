using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Engine.Systems.Sizing;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Systems.MacdCrossover;

/// <summary>
/// Two simple moving averages of the close: buys when the fast one crosses above the slow one, closes when it crosses
/// below, never short. Decides on closed frames from slow_period + 1 frames on. The averages are compared as sums
/// brought to one denominator, so that equal averages are equal exactly.
/// </summary>
public sealed class MacdCrossoverSystem : TradingSystem
{
    private readonly Queue<decimal> _fast = new();
    private readonly Queue<decimal> _slow = new();
    private decimal _fastSum;
    private decimal _slowSum;
    private int _fastPeriod;
    private int _slowPeriod;
    private decimal _stop;
    private ChartSeries _fastLine = null!;
    private ChartSeries _slowLine = null!;

    /// <summary>Sign of fast − slow on the previous frame, null until there was one.</summary>
    private int? _previous;

    public override string Name => "MacdCrossover";

    public override string Description => "Buys and closes where two moving averages of the close cross";

    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new("fast_period", ParameterType.Int, "Frames of the fast average") { Default = 12m, Min = 1, Max = 9_999 },
        new("slow_period", ParameterType.Int, "Frames of the slow average") { Default = 26m, Min = 2, Max = 10_000 },
        new("stop_percent", ParameterType.Decimal, "Distance of the stop below the close, per cent; 0 = no stop")
        {
            Default = 2m, Min = 0, Max = 99,
        },
        .. PositionSizing.Parameters(100m),
    ];

    public override int ResumeFrames(ParameterSet parameters) => parameters.Int("slow_period") + 1;

    public override void ValidateSignal(ParameterSet parameters, SystemPortfolio portfolio, ICollection<SignalError> errors)
    {
        parameters.RequireSmaller("fast_period", "slow_period", errors);
        PositionSizing.Validate(parameters, parameters.Decimal("stop_percent") > 0, errors);
    }

    protected override void Prepare()
    {
        _fastPeriod = Values.Int("fast_period");
        _slowPeriod = Values.Int("slow_period");
        _stop = Values.Decimal("stop_percent") / 100m;
        _fastLine = Chart.Declare("price", "fast");
        _slowLine = Chart.Declare("price", "slow");
    }

    public override void Initialize(SystemPortfolio portfolio, bool isFirst)
    {
        _fast.Clear();
        _slow.Clear();
        _fastSum = _slowSum = 0;
        _previous = null;
    }

    public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio)
    {
        if (!frame.TimeFrameEnd)
        {
            return SystemDecision.None;
        }

        var previous = _previous;
        Take(frame.Frame.Close);
        Draw(frame.Frame.UnixSeconds);
        if (previous is not { } before || _previous is not { } now)
        {
            return SystemDecision.None;
        }

        if (before <= 0 && now > 0 && portfolio.IsFlat)
        {
            decimal? stop = _stop == 0 ? null : frame.Frame.Close * (1 - _stop);
            var qty = PositionSizing.Quantity(Values, Context, portfolio, frame.Frame.Close, stop);
            return qty == 0 ? SystemDecision.None : SystemDecision.Buy(qty, stop);
        }

        return before >= 0 && now < 0 && portfolio.IsLong ? SystemDecision.Flat() : SystemDecision.None;
    }

    public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now)
    {
        foreach (var frame in frames)
        {
            Take(frame.Close);
        }
    }

    private void Take(decimal close)
    {
        _fastSum += Push(_fast, close, _fastPeriod);
        _slowSum += Push(_slow, close, _slowPeriod);
        if (_slow.Count == _slowPeriod)
        {
            _previous = Math.Sign((_fastSum * _slowPeriod) - (_slowSum * _fastPeriod));
        }
    }

    private void Draw(long frame)
    {
        if (_slow.Count == _slowPeriod)
        {
            _fastLine.Add(frame, (double)(_fastSum / _fastPeriod));
            _slowLine.Add(frame, (double)(_slowSum / _slowPeriod));
        }
    }

    /// <summary>Adds a value to a window of fixed length; returns what its sum grows by.</summary>
    private static decimal Push(Queue<decimal> window, decimal value, int length)
    {
        window.Enqueue(value);
        return window.Count > length ? value - window.Dequeue() : value;
    }
}
