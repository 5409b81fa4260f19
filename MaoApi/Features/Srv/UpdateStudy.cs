using System.ComponentModel.DataAnnotations;
using MaoApi.Data;
using MaoApi.Http;
using MaoApi.MarketData;
using MaoApi.Studies;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Srv;

public sealed record UpdateStudyRequest : IValidatableObject
{
    private const int MaxValues = 10_000;

    /// <summary>Beyond it a value is no price any more, and would not fit one.</summary>
    private const double MaxValue = 1e15;

    /// <summary>Frames from the year 1 to 9999, whole seconds.</summary>
    private const double MaxFrame = 253_402_300_799;

    [Required]
    [StringLength(64)]
    public string? StudyId { get; init; }

    /// <summary>Pairs of a bar's start, Unix seconds, and the value there.</summary>
    [Required]
    [MaxLength(MaxValues)]
    public IReadOnlyList<IReadOnlyList<double>>? Values { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var frames = new HashSet<double>();
        for (var i = 0; i < Values?.Count; i++)
        {
            if (Values[i] is not [var frame, var value] || Math.Abs(frame) > MaxFrame || frame != Math.Floor(frame) || !(Math.Abs(value) <= MaxValue))
            {
                yield return new ValidationResult($"values[{i}] is not a pair of a frame and a value", [nameof(Values)]);
            }
            else if (!frames.Add(frame))
            {
                yield return new ValidationResult($"values[{i}] names a frame for the second time", [nameof(Values)]);
            }
        }
    }
}

internal sealed record UpdateStudyResponse(string StudyId, int Updated);

internal static class UpdateStudy
{
    public static async Task<Answer<UpdateStudyResponse>> HandleAsync(
        UpdateStudyRequest request, StudyValues studies, IDbContextFactory<MaoHomeContext> homes, CancellationToken cancellationToken)
    {
        await using var home = await homes.CreateDbContextAsync(cancellationToken);
        if (await home.StudyPlans.AsNoTracking().SingleOrDefaultAsync(row => row.StudyId == request.StudyId, cancellationToken) is { } plan)
        {
            if (StudyKinds.All[plan.Kind].IsComputed)
            {
                return new Failure(ApiCodes.EngineConflict, $"the platform computes study {request.StudyId} itself");
            }

            await studies.EnsureAsync(plan, cancellationToken);
        }

        var values = request.Values!.ToDictionary(pair => (long)pair[0], pair => pair[1]);
        return await studies.UpdateAsync(request.StudyId!, values, cancellationToken)
            ? new UpdateStudyResponse(request.StudyId!, values.Count)
            : new Failure(ApiCodes.NoData, $"unknown study {request.StudyId}");
    }
}
