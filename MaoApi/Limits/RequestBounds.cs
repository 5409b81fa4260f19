namespace MaoApi.Limits;

/// <summary>Which bounds hold for the requests of a route; a route that says nothing has both.</summary>
/// <param name="Counted">Whether it counts among the requests in flight, and is refused when there are too many.</param>
/// <param name="Timed">Whether it ends with the request time-out.</param>
/// <param name="IsProbe">Whether it watches the gateway; from the gateway's own machine it is never limited.</param>
internal sealed record RequestBounds(bool Counted, bool Timed, bool IsProbe = false)
{
    public static readonly RequestBounds Default = new(Counted: true, Timed: true);
}

internal static class RequestBoundsMarks
{
    private static readonly RequestBounds Stream = new(Counted: false, Timed: false);
    private static readonly RequestBounds Download = new(Counted: true, Timed: false);
    private static readonly RequestBounds Probe = new(Counted: false, Timed: false, IsProbe: true);

    /// <summary>The answer goes on for as long as the caller listens; the route bounds its own number of callers.</summary>
    public static TBuilder Streams<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(Stream);

    /// <summary>The answer may be large and the caller slow; the server's minimum rate ends what stalls.</summary>
    public static TBuilder Downloads<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(Download);

    /// <summary>Answers also when the gateway is full: what watches it must be able to see that.</summary>
    public static TBuilder Probes<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(Probe);
}
