namespace MaoApi.Auth;

/// <summary>Who may call a route. A route that says nothing cannot be called by anyone.</summary>
internal enum AccessLevel
{
    /// <summary>No token is asked for.</summary>
    Anyone,

    /// <summary>A user who may log in, with an access token or a personal one.</summary>
    User,

    /// <summary>A user, or a WebSocket without a header whose first message is the token: the route closes it without one.</summary>
    UserOrFirstMessage,

    /// <summary>A user who logged in: a personal access token is not enough.</summary>
    LoggedIn,

    /// <summary>A user with the <c>admin</c> flag who logged in.</summary>
    Admin,

    /// <summary>A service whose key has the scope <c>srv</c>; the classic certificate for reading.</summary>
    Service,

    /// <summary>An engine, for the account of its key alone.</summary>
    Engine,

    /// <summary>A service whose key has the scope <c>monitor</c>.</summary>
    Monitor,

    /// <summary>Whoever calls from this machine, or a service whose key has the scope <c>monitor</c>.</summary>
    LocalOrMonitor,
}

/// <summary>The policy of a route, declared once on its group.</summary>
internal sealed record AccessRequirement(AccessLevel Level);

internal static class AccessPolicies
{
    public static TBuilder RequireAccess<TBuilder>(this TBuilder routes, AccessLevel level)
        where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new AccessRequirement(level));
}
