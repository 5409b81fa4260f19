using System.ComponentModel.DataAnnotations;
using MaoApi.Http;
using MaoApi.MarketData;

namespace MaoApi.Features.Srv;

public sealed record ExportStudyRequest
{
    [Required]
    [StringLength(64)]
    public string? StudyId { get; init; }

    [Required]
    [RegularExpression("^[A-Za-z0-9._^=-]{1,64}$", ErrorMessage = "symbol is 1 to 64 letters, digits and . _ ^ = -")]
    public string? Symbol { get; init; }

    [Required]
    [StringLength(200, MinimumLength = 1)]
    public string? Name { get; init; }
}

internal sealed record ExportStudyResponse(int TickerId, string Symbol, int Bars);

internal static class ExportStudy
{
    public static async Task<Created<ExportStudyResponse>> HandleAsync(
        ExportStudyRequest request, StudyValues studies, CancellationToken cancellationToken)
    {
        if (await studies.FindAsync(request.StudyId!, cancellationToken) is not var (study, count))
        {
            return new Failure(ApiCodes.NoData, $"unknown study {request.StudyId}");
        }

        if (count == 0)
        {
            return new Failure(ApiCodes.InsufficientRecords, "the study has no values");
        }

        return await studies.ExportAsync(study, request.Symbol!, request.Name!, cancellationToken) is { } ticker
            ? new ExportStudyResponse(ticker.Id, ticker.Symbol, count)
            : new Failure(ApiCodes.EngineConflict, $"there is a ticker {request.Symbol} already");
    }
}
