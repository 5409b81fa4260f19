using System.Reflection;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Auth;

/// <summary>Checks the caller's role on the account a request names, before the handler runs.</summary>
internal static class AccountFilter
{
    /// <summary>For routes whose handler takes an <see cref="IAccountRequest"/>; the handler finds the account by <see cref="Account"/>.</summary>
    public static RouteHandlerBuilder ForAccount(this RouteHandlerBuilder route) =>
        route.WithMetadata(new AccountRoute()).AddEndpointFilterFactory((factory, next) =>
        {
            var index = IndexOfRequest(factory.MethodInfo);
            return async invocation =>
            {
                var http = invocation.HttpContext;
                var request = invocation.GetArgument<IAccountRequest>(index);
                var level = http.GetEndpoint()!.Metadata.GetMetadata<AccessRequirement>()!.Level;
                var refusal = level == AccessLevel.Admin
                    ? await RefuseAdministratorAsync(http, request.AccountId)
                    : RefuseUser(http, request);
                return refusal ?? await next(invocation);
            };
        });

    /// <summary>The account the filter let the request through to.</summary>
    public static AuthorizedAccount Account(this HttpContext context) =>
        context.Features.Get<AuthorizedAccount>() ?? throw new InvalidOperationException("This route has not asked for an account.");

    private static int IndexOfRequest(MethodInfo handler)
    {
        var index = Array.FindIndex(
            handler.GetParameters(), parameter => typeof(IAccountRequest).IsAssignableFrom(parameter.ParameterType));
        return index >= 0 ? index : throw new InvalidOperationException($"{handler.Name} takes no request that names an account.");
    }

    private static Failure? RefuseUser(HttpContext http, IAccountRequest request)
    {
        var caller = http.Features.Get<Caller>()!;
        var refusal = AuthorizedAccount.Refuse(caller, request.AccountId, request.RequiredLevel(), out var account);
        http.Features.Set(account);
        return refusal;
    }

    private static async ValueTask<Failure?> RefuseAdministratorAsync(HttpContext http, string? accountId)
    {
        if (string.IsNullOrEmpty(accountId))
        {
            return Failure.Invalid("accountId", "required", "accountId is required");
        }

        var engines = http.RequestServices.GetRequiredService<EngineDirectory>();
        if (await engines.FindAsync(accountId, http.RequestAborted) is null)
        {
            return Failure.Of(ApiCodes.Forbidden);
        }

        http.Features.Set(AuthorizedAccount.OfAdministrator(accountId));
        return null;
    }
}

/// <summary>Marks a route whose filter asks the request what it wants to do with the account.</summary>
internal sealed record AccountRoute;
