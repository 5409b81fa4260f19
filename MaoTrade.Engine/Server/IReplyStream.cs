namespace MaoTrade.Engine.Server;

/// <summary>
/// Replies of one request that follow each other until one is the last (PROTOCOL.md, Live). Filled by any thread, emptied by
/// the connection's sender.
/// </summary>
public interface IReplyStream
{
    /// <summary>Called once, when the stream has its place on a connection.</summary>
    /// <param name="wake">To be called, from any thread, when replies wait; never blocks.</param>
    void Start(Action wake);

    /// <summary>The next reply that waits; false when none does.</summary>
    bool TryTake(out StreamedReply reply);

    /// <summary>Drops what waits but a last reply, and lets nothing follow it. Only the first call counts.</summary>
    void End(int code, string message);
}

/// <summary>One reply of a stream.</summary>
/// <param name="Code">0 done, else a reply code of PROTOCOL.md.</param>
/// <param name="Message">For people; never null.</param>
/// <param name="Data">The JSON object of <c>data</c>, UTF-8; empty means <c>{}</c>.</param>
/// <param name="More">Whether further replies follow.</param>
public readonly record struct StreamedReply(int Code, string Message, ReadOnlyMemory<byte> Data, bool More);
