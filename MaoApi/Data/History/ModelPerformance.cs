namespace MaoApi.Data.History;

/// <summary>How a version of a model did, measured once (<c>mao_model_performance</c>).</summary>
internal sealed class ModelPerformance
{
    public int Id { get; set; }

    public int ModelKey { get; set; }

    public DateTimeOffset MeasuredAt { get; set; }

    public int Rows { get; set; }

    public double Accuracy { get; set; }

    public double Precision { get; set; }

    public double Recall { get; set; }

    public double F1 { get; set; }

    public double ValidationScore { get; set; }

    /// <summary>A JSON object: feature to its weight.</summary>
    public string FeatureImportance { get; set; } = "{}";

    /// <summary>How far the features have moved from those of the training; null where it was not measured.</summary>
    public double? Drift { get; set; }
}
