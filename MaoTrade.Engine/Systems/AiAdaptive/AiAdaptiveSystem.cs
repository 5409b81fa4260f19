using System.Globalization;
using MaoTrade.Engine.Logs;
using MaoTrade.Engine.Models;
using MaoTrade.Engine.Monitoring;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Engine.Systems.Sizing;
using MaoTrade.Market.Features;
using MaoTrade.Market.Frames;
using MaoTrade.Market.Models;

namespace MaoTrade.Engine.Systems.AiAdaptive;

/// <summary>
/// Trades what a trained model predicts: above 0.6 it buys, below −0.6 it sells, unless a filter holds (<see cref="FilterLimits"/>);
/// against an open position it turns it. Positions have a stop and are closed after max_bars. Decides on closed frames.
/// </summary>
/// <param name="models">The models there are.</param>
public sealed class AiAdaptiveSystem(ModelSet models) : TradingSystem
{
    /// <summary>Its name in signals.</summary>
    public const string SystemName = "AiAdaptive";

    private static readonly int Range = FeatureNames.All.Index().First(feature => feature.Item == "atr").Index;

    private readonly FeatureCalculator _features = new();
    private readonly FeatureFilling _filling = new();
    private readonly double[] _row = new double[FeatureNames.Count];
    private TrainedModel _model = null!;
    private ChartSeries _predictionLine = null!;
    private FilterLimits _limits;
    private bool _isAllowed = models.IsAllowed;
    private double _stopRanges;
    private double _takeRanges;
    private int _maxBars;

    /// <summary>Closed frames with an open position.</summary>
    private long _held;

    public override string Name => SystemName;

    public override string Description => "Trades what a trained model predicts of the next bars";

    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new("model", ParameterType.String, "Name of the model") { Required = true },
        new("min_volume_ratio", ParameterType.Decimal, "Volume over its average below which it holds; 0 = for instruments without volumes") { Default = 0.5m, Min = 0, Max = 100 },
        new("max_volatility", ParameterType.Decimal, "Volatility over its average above which it holds; 0 = any") { Default = 3m, Min = 0, Max = 1_000 },
        new("with_trend", ParameterType.Bool, "Whether it holds against the trend of ema_50 and ema_200") { Default = true },
        new("stop_atr", ParameterType.Decimal, "Distance of the stop from the close in average true ranges; 0 = no stop") { Default = 2m, Min = 0, Max = 1_000 },
        new("take_atr", ParameterType.Decimal, "Distance of the take profit from the close in average true ranges; 0 = none") { Default = 0m, Min = 0, Max = 1_000 },
        new("max_bars", ParameterType.Int, "Closed frames after which a position is closed") { Default = 10m, Min = 1, Max = 1_000_000 },
        .. PositionSizing.Parameters(100m),
    ];

    public override int ResumeFrames(ParameterSet parameters) => FeatureCalculator.WarmUpBars;

    public override void ValidateSignal(ParameterSet parameters, SystemPortfolio portfolio, ICollection<SignalError> errors)
    {
        var name = parameters.Text("model");
        if (models.Find(name) is null)
        {
            errors.Add(new SignalError("params.model", "value", models.WhyNot(name)));
        }

        if (!models.IsAllowed)
        {
            errors.Add(new SignalError("system", "conflict", $"{SystemName} is switched off for this account (flag ai_adaptive)"));
        }

        PositionSizing.Validate(parameters, parameters.Decimal("stop_atr") > 0, errors);
    }

    protected override void Prepare()
    {
        var name = Values.Text("model");
        _model = models.Find(name) ?? throw new InvalidOperationException(models.WhyNot(name));
        _limits = new FilterLimits((double)Values.Decimal("min_volume_ratio"), (double)Values.Decimal("max_volatility"), Values.Bool("with_trend"));
        _stopRanges = (double)Values.Decimal("stop_atr");
        _takeRanges = (double)Values.Decimal("take_atr");
        _maxBars = Values.Int("max_bars");
        _held = State.GetInt64("held");
        _predictionLine = Chart.Declare("model", "prediction");
    }

    public override void Initialize(SystemPortfolio portfolio, bool isFirst)
    {
        // After an edit the frames may be of another length: the kept ones make new values.
        State.Remove("features");
        State.Remove("filling");
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
        _held = portfolio.IsFlat ? 0 : _held + 1;
        Touch();
        if (!_features.IsWarm)
        {
            return SystemDecision.None;
        }

        var prediction = Predict();
        _predictionLine.Add(frame.Frame.UnixSeconds, prediction);
        var verdict = ModelVerdict.Of(prediction, _row, _limits);
        Log(
            string.Create(
                CultureInfo.InvariantCulture,
                $"symbol={Context.Epic} action={verdict.Action} confidence={verdict.Confidence:0.###} prediction={prediction:0.######} features={_row.Length} model={_model.Name} version={_model.Version}"),
            LogEvents.Predicted);
        return Act(frame.Frame.Close, prediction, verdict, portfolio);
    }

    public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now)
    {
        foreach (var frame in frames)
        {
            Take(frame);
        }

        State.Load("features", _features);
        State.Load("filling", _filling);
        State.Set("modelVersion", _model.Version);
    }

    protected override void SaveState()
    {
        State.Set("features", _features);
        State.Set("filling", _filling);
        State.Set("held", _held);
        State.Set("modelVersion", _model.Version);
    }

    /// <summary>Another version of its model takes over when its epic is flat; a model that has gone stays.</summary>
    internal override bool IsOutdatedBy(SystemCatalog catalog) =>
        base.IsOutdatedBy(catalog) || (catalog.Models.Find(_model.Name) is { } latest && latest.Sha256 != _model.Sha256);

    /// <summary>The switch counts at once.</summary>
    internal override void OnCatalog(SystemCatalog catalog)
    {
        if (_isAllowed != catalog.Models.IsAllowed)
        {
            _isAllowed = catalog.Models.IsAllowed;
            Log($"the flag ai_adaptive is {(_isAllowed ? "on" : "off: nothing is opened")}");
        }
    }

    private double Predict()
    {
        using (PredictionTime.Measure())
        {
            return _model.Predict(_row);
        }
    }

    private void Take(in Frame frame)
    {
        _features.Add((double)frame.High, (double)frame.Low, (double)frame.Close, (double)frame.Volume);
        _features.CopyTo(_row);
        _filling.Fill(_row);
    }

    private SystemDecision Act(decimal close, double prediction, in ModelVerdict verdict, in SystemPortfolio portfolio)
    {
        if (verdict.Filter is { } filter)
        {
            Log($"prediction {prediction:0.000}: held by the filter {filter}");
        }

        var wanted = verdict.Action switch
        {
            SystemAction.Buy when !portfolio.IsLong => 1,
            SystemAction.Sell when !portfolio.IsShort => -1,
            _ => 0,
        };
        var decision = wanted == 0 || !_isAllowed ? SystemDecision.None : Open(close, wanted, verdict.Confidence, portfolio);
        return decision.Action == SystemAction.NoAction && !portfolio.IsFlat && _held >= _maxBars ? SystemDecision.Flat() : decision;
    }

    private SystemDecision Open(decimal close, int side, double confidence, in SystemPortfolio portfolio)
    {
        var stop = Level(close, -side * _stopRanges);
        var take = Level(close, side * _takeRanges);
        var qty = PositionSizing.Quantity(Values, Context, portfolio, close, stop);
        var decision = side > 0 ? SystemDecision.Buy(qty, stop, take) : SystemDecision.Sell(qty, stop, take);
        return qty == 0 ? SystemDecision.None : decision with { Evidence = OrderEvidence.Of(confidence, _model, _row) };
    }

    /// <summary>A price so many average true ranges above the close; null for none, and where it would be no price.</summary>
    private decimal? Level(decimal close, double ranges)
    {
        var price = (double)close + (ranges * _row[Range]);
        return ranges == 0 || price is not (> 0 and < 1e15) ? null : (decimal)price;
    }
}
