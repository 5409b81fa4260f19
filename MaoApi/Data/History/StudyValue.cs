namespace MaoApi.Data.History;

/// <summary>The value of a study at one bar (<c>mao_study_values</c>).</summary>
internal sealed class StudyValue
{
    public int StudyKey { get; set; }

    /// <summary>Unix seconds of the bar's start.</summary>
    public long Frame { get; set; }

    public double Value { get; set; }
}
