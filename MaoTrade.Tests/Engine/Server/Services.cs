using System.Text;
using System.Threading.Channels;
using MaoTrade.Engine.Server;

namespace MaoTrade.Tests.Engine.Server;

/// <summary>Answers at once with the data it was sent.</summary>
internal sealed class EchoService : IService
{
    public int Number => 5;

    public ServiceRequest Last { get; private set; }

    public ValueTask<ServiceReply> HandleAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        Last = request;
        return new(ServiceReply.Ok(request.Data));
    }
}

/// <summary>Answers when the test says so.</summary>
internal sealed class LateService : IService
{
    private readonly Channel<(string Data, TaskCompletionSource<ServiceReply> Reply)> _calls =
        Channel.CreateUnbounded<(string, TaskCompletionSource<ServiceReply>)>();

    public int Number => 2;

    public ValueTask<ServiceReply> HandleAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        var reply = new TaskCompletionSource<ServiceReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.UnsafeRegister(_ => reply.TrySetCanceled(cancellationToken), null);
        _calls.Writer.TryWrite((Encoding.UTF8.GetString(request.Data.Span), reply));
        return new(reply.Task);
    }

    /// <summary>The next request that has arrived.</summary>
    public Task<(string Data, TaskCompletionSource<ServiceReply> Reply)> CallAsync() =>
        _calls.Reader.ReadAsync().AsTask().WaitAsync(WireHost.Patience);

    public bool HasCall => _calls.Reader.TryPeek(out _);
}

/// <summary>A service that is one function.</summary>
internal sealed class FunctionService(int number, Func<ServiceRequest, ServiceReply> answer) : IService
{
    public int Number => number;

    public ValueTask<ServiceReply> HandleAsync(ServiceRequest request, CancellationToken cancellationToken) => new(answer(request));
}
