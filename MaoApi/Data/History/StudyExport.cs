namespace MaoApi.Data.History;

/// <summary>A ticker whose bars are the values of a study (<c>mao_study_exports</c>).</summary>
internal sealed class StudyExport
{
    /// <summary>The ticker, of one study at most.</summary>
    public int TickerKey { get; set; }

    public int StudyKey { get; set; }
}
