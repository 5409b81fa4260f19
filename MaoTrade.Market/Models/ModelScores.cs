namespace MaoTrade.Market.Models;

/// <summary>
/// How predictions did on bars that came after those of their training: classes buy (above 0.6), sell (below −0.6) and hold, of the
/// label and of the prediction. Reported, never promised.
/// </summary>
public sealed record ModelScores
{
    /// <summary>Bars that were predicted.</summary>
    public required int Rows { get; init; }

    /// <summary>Share of bars whose class was right.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Right of those predicted as a class, mean of the three classes; a class never predicted counts 0.</summary>
    public required double Precision { get; init; }

    /// <summary>Right of those that were of a class, mean of the three classes; a class that never was counts 0.</summary>
    public required double Recall { get; init; }

    /// <summary>Harmonic mean of precision and recall, mean of the three classes.</summary>
    public required double F1 { get; init; }

    /// <summary>R²: 1 − squared errors / squared deviations of the labels from their mean.</summary>
    public required double ValidationScore { get; init; }
}
