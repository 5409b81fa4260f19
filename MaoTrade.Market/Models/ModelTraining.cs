namespace MaoTrade.Market.Models;

/// <summary>What a model was trained on and how it did while it was made.</summary>
public sealed record ModelTraining
{
    /// <summary>Symbol of the ticker; null where the data was not named.</summary>
    public string? Symbol { get; init; }

    /// <summary>Length of a bar, seconds.</summary>
    public required int TimeFrameSeconds { get; init; }

    /// <summary>Bars between a bar and the one its label compares it with.</summary>
    public required int Horizon { get; init; }

    public required long Seed { get; init; }

    /// <summary>Bars trained on.</summary>
    public required int Rows { get; init; }

    /// <summary>Unix seconds of the first bar trained on.</summary>
    public required long FromUnixSeconds { get; init; }

    /// <summary>Unix seconds of the last bar trained on.</summary>
    public required long ToUnixSeconds { get; init; }

    /// <summary>Digest of the file of features.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>All test parts of the walk forward together.</summary>
    public required ModelScores Scores { get; init; }

    public required IReadOnlyList<ModelFold> Folds { get; init; }
}
