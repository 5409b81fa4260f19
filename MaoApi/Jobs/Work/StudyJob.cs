using System.Text.Json;
using MaoApi.Data;
using MaoApi.Studies;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Jobs.Work;

/// <summary>Computes one study; there is a job of this kind for each that is computed.</summary>
internal sealed class StudyJob(IDbContextFactory<MaoHomeContext> homes, StudyComputer computer) : IJobKind
{
    public const string KindName = "study";

    public string Kind => KindName;

    /// <summary>The name of a study's job.</summary>
    public static string NameOf(string studyId) => $"{KindName}/{studyId}";

    public static string ArgumentsOf(string studyId) => JsonSerializer.Serialize(new { studyId });

    /// <summary>Studies of many tickers are large work.</summary>
    public static string LaneOf(int tickers) => tickers > 10 ? JobLanes.Bulk : JobLanes.Default;

    public async Task<string> RunAsync(string arguments, JobProgress progress, CancellationToken cancellationToken)
    {
        var studyId = JsonElement.Parse(arguments).GetProperty("studyId").GetString();
        await using var home = await homes.CreateDbContextAsync(cancellationToken);
        return await home.StudyPlans.AsNoTracking().SingleOrDefaultAsync(row => row.StudyId == studyId, cancellationToken) is { } plan
            ? await computer.RunAsync(plan, progress, cancellationToken)
            : "the study was deleted";
    }
}
