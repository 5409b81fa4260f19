using System.Text.Json;
using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
using MaoApi.Http;
using MaoApi.Jobs;
using MaoApi.MarketData;

namespace MaoApi.Features.Admin.Studies;

internal static class StudyAdministration
{
    private static readonly AdminResource<StudyPlan, AdminStudy> Resource = new(
        "studies",
        context => context.StudyPlans,
        row => new AdminStudy(
            row.StudyId,
            row.Name,
            row.Kind,
            JsonSerializer.Deserialize<List<string>>(row.Tickers)!,
            row.TimeFrameSeconds,
            JsonElement.Parse(row.Parameters),
            row.Schedule,
            row.ExportSymbol,
            row.IsEnabled,
            row.Created,
            row.Modified,
            row.Version),
        new ListOrder<StudyPlan>().By("studyId", row => row.StudyId).By("modified", row => row.Modified, row => row.Id));

    public static Task<Answer<ListPage<AdminStudy>>> ListAsync(ListStudiesRequest request, AdminUnit unit) =>
        unit.ListAsync(Resource, request, request.Filter, rows =>
        {
            rows = request.Filter?.Kind is { } kind ? rows.Where(row => row.Kind == kind) : rows;
            return request.Filter?.Enabled is { } enabled ? rows.Where(row => row.IsEnabled == enabled) : rows;
        });

    public static Task<Answer<AdminStudy>> GetAsync(StudyKeyRequest request, AdminUnit unit) =>
        unit.GetAsync(Resource, request.StudyId!, row => row.StudyId == request.StudyId);

    public static async Task<Answer<AdminStudy>> CreateAsync(
        CreateStudyRequest request, AdminUnit unit, JobRunner runner, CancellationToken cancellationToken)
    {
        var answer = await unit.CreateAsync(Resource, request.StudyId!, row => row.StudyId == request.StudyId, async context =>
        {
            var plan = new StudyPlan
            {
                StudyId = request.StudyId!,
                Name = "",
                Kind = request.Kind!,
                Tickers = "[]",
                IsEnabled = true,
                Created = unit.Now,
            };
            Change(unit, plan, request);
            context.Add(plan);
            if (await StudyRules.CheckAsync(unit, context, plan, cancellationToken) is { } failure)
            {
                return failure;
            }

            await StudySchedule.ApplyAsync(context, plan, unit.Now, cancellationToken);
            return null;
        });
        runner.LookNow();
        return answer;
    }

    public static async Task<Answer<AdminStudy>> UpdateAsync(
        ChangeStudyRequest request, AdminUnit unit, JobRunner runner, CancellationToken cancellationToken)
    {
        var answer = await unit.UpdateAsync(
            Resource, request.StudyId!, row => row.StudyId == request.StudyId, request.Version!.Value, async (context, plan) =>
            {
                Change(unit, plan, request);
                if (await StudyRules.CheckAsync(unit, context, plan, cancellationToken) is { } failure)
                {
                    return failure;
                }

                await StudySchedule.ApplyAsync(context, plan, unit.Now, cancellationToken);
                return null;
            });
        runner.LookNow();
        return answer;
    }

    public static Task<Answer<Nothing>> DeleteAsync(DeleteStudyRequest request, AdminUnit unit, StudyValues values, CancellationToken cancellationToken) =>
        unit.DeleteAsync(
            Resource, request.StudyId!, row => row.StudyId == request.StudyId, request.Version!.Value, async (context, plan) =>
            {
                await StudySchedule.RemoveAsync(context, plan, unit.Now, cancellationToken);

                // In the other database, before the plan is gone: were it the last thing and failed, values would stay for ever.
                await values.DeleteAsync(plan.StudyId, cancellationToken);
                return null;
            });

    private static void Change(AdminUnit unit, StudyPlan plan, StudyChange change)
    {
        plan.Name = change.Name ?? plan.Name;
        plan.Tickers = change.Tickers is { } tickers ? JsonSerializer.Serialize(tickers) : plan.Tickers;
        plan.TimeFrameSeconds = change.TimeFrame ?? plan.TimeFrameSeconds;
        plan.Parameters = AdminJson.Text(change.Parameters) ?? plan.Parameters;
        plan.Schedule = change.Schedule ?? plan.Schedule;
        plan.ExportSymbol = change.ExportSymbol switch
        {
            null => plan.ExportSymbol,
            "" => null,
            var symbol => symbol,
        };
        plan.IsEnabled = change.Enabled ?? plan.IsEnabled;
        plan.Modified = unit.Now;
    }
}
