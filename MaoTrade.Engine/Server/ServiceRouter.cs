using System.Collections.Frozen;
using System.Data.Common;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server;

/// <summary>Finds the service of a request. What a service throws ends here: one line in the log and reply 500.</summary>
public sealed partial class ServiceRouter(IEnumerable<IService> services, ILogger<ServiceRouter> logger)
{
    private readonly FrozenDictionary<int, IService> _services = services.ToFrozenDictionary(service => service.Number);

    /// <summary>Answers one request; never throws. A reply that is known at once completes synchronously.</summary>
    public ValueTask<ServiceReply> HandleAsync(int number, ServiceRequest request, CancellationToken cancellationToken)
    {
        if (!_services.TryGetValue(number, out var service))
        {
            return new(ServiceReply.Failure(ReplyCode.NotFound, $"there is no service {number}"));
        }

        try
        {
            var reply = service.HandleAsync(request, cancellationToken);
            return reply.IsCompletedSuccessfully ? reply : AwaitAsync(number, reply, cancellationToken);
        }
        catch (Exception e)
        {
            return new(Fault(number, e));
        }
    }

    private async ValueTask<ServiceReply> AwaitAsync(int number, ValueTask<ServiceReply> reply, CancellationToken cancellationToken)
    {
        try
        {
            return await reply;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ServiceReply.Failure(ReplyCode.NotReady, "the connection was closed");
        }
        catch (Exception e)
        {
            return Fault(number, e);
        }
    }

    private ServiceReply Fault(int number, Exception e)
    {
        if (e is DbException)
        {
            // Said by the trade loop; a reader only meets it a moment earlier.
            return ServiceReply.Failure(ReplyCode.NotReady, "the store does not answer");
        }

        LogFault(number, e);
        return ServiceReply.Failure(ReplyCode.Fault, "the engine failed to answer; its log says why");
    }

    [LoggerMessage(2101, LogLevel.Error, "Service {Service} threw")]
    private partial void LogFault(int service, Exception exception);
}
