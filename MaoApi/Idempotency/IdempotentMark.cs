namespace MaoApi.Idempotency;

/// <summary>A route that takes an idempotency key.</summary>
/// <param name="SafeToRepeat">
/// Whether carrying the same request out again does no harm, because what stands behind the route recognises it. Then a request whose end is
/// not known is carried out again; otherwise its caller is told to look.
/// </param>
internal sealed record IdempotentMark(bool SafeToRepeat);

internal static class IdempotentMarks
{
    public static TBuilder Idempotent<TBuilder>(this TBuilder routes, bool safeToRepeat = false)
        where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new IdempotentMark(safeToRepeat));
}
