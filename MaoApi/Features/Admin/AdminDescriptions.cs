using MaoApi.Http;

namespace MaoApi.Features.Admin;

/// <summary>What the API's description says of the five actions every resource has.</summary>
internal static class AdminDescriptions
{
    private const string Deleted = """{"code":0,"message":"","data":{}}""";

    public static RouteHandlerBuilder DescribeList(this RouteHandlerBuilder route, string summary, string request, string item) =>
        route.Describe(summary, request, $$$"""{"code":0,"message":"","data":{"items":[{{{item}}}],"cursor":null}}""");

    public static RouteHandlerBuilder DescribeGet(this RouteHandlerBuilder route, string summary, string request, string item) =>
        route.Describe(summary, request, Answer(item), ApiCodes.EngineNotFound);

    public static RouteHandlerBuilder DescribeCreate(this RouteHandlerBuilder route, string summary, string request, string item) =>
        route.Describe(summary, request, Answer(item), ApiCodes.EngineNotFound, ApiCodes.EngineConflict);

    public static RouteHandlerBuilder DescribeUpdate(this RouteHandlerBuilder route, string summary, string request, string item) =>
        route.Describe(summary, request, Answer(item), ApiCodes.EngineNotFound, ApiCodes.EngineConflict);

    public static RouteHandlerBuilder DescribeDelete(this RouteHandlerBuilder route, string summary, string request) =>
        route.Describe(summary, request, Deleted, ApiCodes.EngineNotFound, ApiCodes.EngineConflict);

    private static string Answer(string item) => $$$"""{"code":0,"message":"","data":{{{item}}}}""";
}
