using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Features.Admin;

/// <summary><c>/admin/jobs</c>, <c>/admin/models</c>, <c>/admin/cache</c>: what the platform does by itself, and what it remembers.</summary>
internal static class WorkRoutes
{
    private const string Run =
        """{"jobId":"0d8a4c3c5b7d4e0f9a1b2c3d4e5f6a7b","name":"purge","kind":"purge","state":"queued","progress":0,"message":"","created":"2026-11-21T08:00:00.000Z","started":null,"ended":null,"error":null}""";

    private const string Model =
        """{"name":"direction","modelVersion":"2026-11-01","sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","featuresHash":"60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752","hyperparameters":{},"seed":7,"rows":12000,"fromFrame":1483228800,"toFrame":1767139200,"active":true,"accounts":["demo1"],"symbol":"EURUSD","timeFrame":3600,"created":"2026-11-01T08:00:00.000Z","version":2,"performance":null}""";

    private static readonly string RunAnswer = $$"""{"code":0,"message":"","data":{{Run}}}""";

    public static void MapAdminWork(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/admin").WithTags("admin").RequireAccess(AccessLevel.Admin);
        group.MapPost("/jobs/list", ListJobs.HandleAsync)
            .Describe(
                "Runs of jobs, newest first, and when which job runs next",
                """{"filter":{"kind":"purge","state":"failed"},"limit":50}""",
                $$$"""{"code":0,"message":"","data":{"items":[{{{Run}}}],"cursor":null,"jobs":[{"name":"purge","lane":"default","schedule":"17 * * * *","enabled":true,"state":"queued","nextRun":"2026-11-21T08:17:00.000Z","lastRun":null,"lastState":null}]}}""");
        group.MapPost("/jobs/run", RunJob.HandleAsync)
            .Describe("Runs a job now", """{"name":"purge"}""", RunAnswer, ApiCodes.EngineNotFound, ApiCodes.EngineConflict);
        group.MapPost("/jobs/cancel", CancelJob.HandleAsync)
            .Describe(
                "Ends a run that waits or is under way",
                """{"jobId":"0d8a4c3c5b7d4e0f9a1b2c3d4e5f6a7b"}""",
                RunAnswer,
                ApiCodes.EngineNotFound,
                ApiCodes.EngineConflict);
        group.MapPost("/models/list", ListModels.HandleAsync)
            .Describe(
                "Versions of models with what they achieved when they were measured",
                """{"filter":{"name":"direction","active":true},"limit":50}""",
                $$$"""{"code":0,"message":"","data":{"items":[{{{Model}}}],"cursor":null}}""");
        group.MapPost("/models/activate", ActivateModel.HandleAsync)
            .Describe(
                "Makes one version of a model the one in use, for all accounts or for one; without a version an account uses again what all use",
                """{"name":"direction","modelVersion":"2026-11-01","accountId":"demo1","version":1}""",
                $$"""{"code":0,"message":"","data":{{Model}}}""",
                ApiCodes.EngineNotFound,
                ApiCodes.EngineConflict);
        group.MapPost("/cache/clear", ClearCache.Handle)
            .Describe(
                "Forgets what is remembered of the database for a moment: one thing by its name, or everything",
                """{"name":"users"}""",
                """{"code":0,"message":"","data":{"cleared":["users"]}}""");
    }
}
