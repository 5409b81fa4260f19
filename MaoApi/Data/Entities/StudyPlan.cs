namespace MaoApi.Data.Entities;

/// <summary>What a study is and when it is computed (<c>mao_study_plans</c>); its values lie in <c>maodata</c>.</summary>
internal sealed class StudyPlan : IVersioned
{
    public int Id { get; set; }

    /// <summary>The id the API shows, unique.</summary>
    public required string StudyId { get; set; }

    public required string Name { get; set; }

    /// <summary>How it is computed.</summary>
    public required string Kind { get; set; }

    /// <summary>A JSON array of symbols.</summary>
    public required string Tickers { get; set; }

    public int TimeFrameSeconds { get; set; }

    /// <summary>A JSON object.</summary>
    public string Parameters { get; set; } = "{}";

    /// <summary>When it is computed, see <see cref="Jobs.CronSchedule"/>; null where its values are given.</summary>
    public string? Schedule { get; set; }

    /// <summary>The symbol of the ticker its values become; null where they stay values. Unique.</summary>
    public string? ExportSymbol { get; set; }

    public bool IsEnabled { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Modified { get; set; }

    public long Version { get; set; }
}
