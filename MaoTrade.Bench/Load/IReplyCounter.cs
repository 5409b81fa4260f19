namespace MaoTrade.Bench.Load;

/// <summary>Finds the ends of replies in what a server sends; one per connection.</summary>
internal interface IReplyCounter
{
    /// <summary>Takes what it understands from the front of the bytes received.</summary>
    /// <param name="received">Bytes not taken before.</param>
    /// <param name="replies">Replies that ended within them.</param>
    /// <returns>How many bytes were taken.</returns>
    /// <exception cref="BenchException">The server refused: what follows would measure nothing.</exception>
    int Take(ReadOnlySpan<byte> received, out int replies);
}
