using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Features.Docs;

/// <summary><c>/docs</c> and the document it shows.</summary>
internal static class DocsRoutes
{
    public static void MapDocs(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi().RequireAccess(AccessLevel.Anyone);
        app.MapGet("/docs", DocsPage.Handle).WithTags("docs").RequireAccess(AccessLevel.Anyone)
            .Describe("The page to browse this document", null, null);
    }
}
