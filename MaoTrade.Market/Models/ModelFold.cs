namespace MaoTrade.Market.Models;

/// <summary>One step of the walk forward: trained on what came before, tested on what follows. Times are starts of bars.</summary>
public sealed record ModelFold
{
    /// <summary>Unix seconds of the first bar trained on.</summary>
    public required long TrainFrom { get; init; }

    /// <summary>Unix seconds of the last bar trained on.</summary>
    public required long TrainTo { get; init; }

    /// <summary>Unix seconds of the last bar that a training label reads; before <see cref="TestFrom"/>.</summary>
    public required long LabelsTo { get; init; }

    /// <summary>Unix seconds of the first bar tested.</summary>
    public required long TestFrom { get; init; }

    /// <summary>Unix seconds of the last bar tested.</summary>
    public required long TestTo { get; init; }

    /// <summary>Bars trained on.</summary>
    public required int TrainRows { get; init; }

    /// <summary>Digest of the standardised features and labels it was trained on.</summary>
    public required string TrainSha256 { get; init; }

    public required ModelScores Scores { get; init; }
}
