using MaoTrade.Engine.Server;

namespace MaoTrade.Engine.Trading;

/// <summary>A command of a client, waiting for its answer.</summary>
/// <param name="requestId">The gateway's request id for the log lines it causes.</param>
/// <param name="expiresTimestamp">Monotonic time after which it must no longer begin.</param>
public sealed class CommandTicket(string? requestId, long expiresTimestamp)
{
    private readonly TaskCompletionSource<ServiceReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string? RequestId { get; } = requestId;

    public long ExpiresTimestamp { get; } = expiresTimestamp;

    public Task<ServiceReply> Reply => _reply.Task;

    /// <summary>Answers; only the first answer counts.</summary>
    public void Answer(ServiceReply reply) => _reply.TrySetResult(reply);
}
