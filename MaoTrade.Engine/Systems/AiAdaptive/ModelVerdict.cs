namespace MaoTrade.Engine.Systems.AiAdaptive;

/// <summary>What a prediction comes to.</summary>
/// <param name="Action">Buy, Sell, or NoAction = hold.</param>
/// <param name="Confidence">0.5 for a hold, else the prediction's size, at most 0.95.</param>
/// <param name="Filter">What held it back; null where nothing did.</param>
public readonly record struct ModelVerdict(SystemAction Action, double Confidence, string? Filter)
{
    /// <summary>Predictions above it buy, below its negative sell.</summary>
    public const double Threshold = 0.6;

    /// <summary>No prediction counts for more.</summary>
    public const double MostConfidence = 0.95;

    private const double HoldConfidence = 0.5;

    /// <summary>Judges a prediction; filters in their order, the first that holds ends.</summary>
    /// <param name="prediction">Of the ensembles; NaN = none.</param>
    /// <param name="row">Features, not standardised.</param>
    /// <param name="limits">Of the filters.</param>
    public static ModelVerdict Of(double prediction, ReadOnlySpan<double> row, in FilterLimits limits)
    {
        var action = prediction switch
        {
            > Threshold => SystemAction.Buy,
            < -Threshold => SystemAction.Sell,
            _ => SystemAction.NoAction,
        };
        if (action == SystemAction.NoAction)
        {
            return new ModelVerdict(action, HoldConfidence, null);
        }

        return limits.Holding(action, row) is { } filter
            ? new ModelVerdict(SystemAction.NoAction, HoldConfidence, filter)
            : new ModelVerdict(action, Math.Min(Math.Abs(prediction), MostConfidence), null);
    }
}
