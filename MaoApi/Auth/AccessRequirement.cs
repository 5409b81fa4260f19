namespace MaoApi.Auth;

/// <summary>Who may call a route. A route that says nothing cannot be called by anyone.</summary>
internal enum AccessLevel
{
    /// <summary>No token is asked for.</summary>
    Anyone,

    /// <summary>A user who may log in.</summary>
    User,

    /// <summary>A user with the <c>admin</c> flag.</summary>
    Admin,
}

/// <summary>The policy of a route, declared once on its group.</summary>
internal sealed record AccessRequirement(AccessLevel Level);

internal static class AccessPolicies
{
    public static TBuilder RequireAccess<TBuilder>(this TBuilder routes, AccessLevel level)
        where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new AccessRequirement(level));
}
