using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace MaoApi.Features.Admin.Studies;

/// <summary>A study; when it runs and how it went stands with the job <c>study/STUDYID</c>.</summary>
internal sealed record AdminStudy(
    string StudyId,
    string Name,
    string Kind,
    IReadOnlyList<string> Tickers,
    int TimeFrame,
    JsonElement Parameters,
    string? Schedule,
    string? ExportSymbol,
    bool Enabled,
    DateTimeOffset Created,
    DateTimeOffset Modified,
    long Version);

public sealed record ListStudiesRequest : AdminListRequest
{
    public StudiesFilter? Filter { get; init; }
}

public sealed record StudiesFilter
{
    [StringLength(40)]
    public string? Kind { get; init; }

    public bool? Enabled { get; init; }
}

public record StudyKeyRequest
{
    [Required]
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")]
    public string? StudyId { get; init; }
}

public sealed record DeleteStudyRequest : StudyKeyRequest
{
    [Required]
    public long? Version { get; init; }
}
