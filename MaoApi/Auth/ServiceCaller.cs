namespace MaoApi.Auth;

/// <summary>The service behind a request.</summary>
/// <param name="KeyId">The key it signed with.</param>
/// <param name="Scope">One of <see cref="Data.Entities.ServiceScopes"/>.</param>
/// <param name="AccountId">The account of an engine's key; the only account the request may concern.</param>
internal sealed record ServiceCaller(string KeyId, string Scope, string? AccountId)
{
    /// <summary>Lets a handler name the caller as a parameter; only a route whose policy asks for a service has one.</summary>
    public static ValueTask<ServiceCaller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<ServiceCaller>());
}
