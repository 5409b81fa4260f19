namespace MaoTrade.Engine.Server;

/// <summary>One numbered service of the wire (PROTOCOL.md, Messages). Called concurrently; never throws for bad data.</summary>
public interface IService
{
    /// <summary>The number in the request's <c>service</c>.</summary>
    int Number { get; }

    /// <summary>Answers one request. A reply that is known at once completes synchronously.</summary>
    ValueTask<ServiceReply> HandleAsync(ServiceRequest request, CancellationToken cancellationToken);
}
