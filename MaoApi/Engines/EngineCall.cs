namespace MaoApi.Engines;

/// <summary>One call to an engine.</summary>
/// <param name="Service">Number of the wire's service.</param>
/// <param name="Data">The JSON object of the request's <c>data</c>.</param>
/// <param name="Idempotent">Whether sending it twice does no more than sending it once; only then is it retried.</param>
internal sealed record EngineCall(int Service, ReadOnlyMemory<byte> Data, bool Idempotent)
{
    /// <summary>How long the engine may wait before it begins; afterwards it will not do it at all.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the answer is followed by bytes, such as a ZIP.</summary>
    public bool ExpectsPayload { get; init; }
}
