namespace MaoApi.Limits;

/// <summary>What a token bucket counts.</summary>
internal enum RateAction
{
    /// <summary>Every request of a user or of a service key.</summary>
    Any,

    /// <summary>Calls that cost much: market data, charts, system tests, ZIPs, exports.</summary>
    Heavy,

    /// <summary>Orders that may add risk. What takes risk away is never counted: nobody shall be unable to close a position.</summary>
    Orders,

    /// <summary>Requests without a credential, by address.</summary>
    Anonymous,
}

/// <summary>A bucket of its own that a route draws from, beside the one all routes share.</summary>
internal sealed record RateActionMark(RateAction Action);

internal static class RateActions
{
    /// <summary>Counts the route's calls as this action too.</summary>
    public static TBuilder Limited<TBuilder>(this TBuilder routes, RateAction action)
        where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new RateActionMark(action));

    /// <summary>The action's name in metrics.</summary>
    public static string Name(this RateAction action) => action switch
    {
        RateAction.Any => "any",
        RateAction.Heavy => "heavy",
        RateAction.Orders => "orders",
        _ => "anonymous",
    };
}
