using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Containers;

/// <summary>
/// Takes events in Fluentd's Forward protocol, as <c>@type forward</c> does: an array of tag, time and record for each event, or of a tag
/// and such pairs for many.
/// </summary>
internal sealed class ForwardReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<Dictionary<string, object?>> _records = new();
    private readonly Task _accepting;

    public ForwardReceiver(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What came of a container, in its order.</summary>
    public IReadOnlyList<Dictionary<string, object?>> Of(string containerId) =>
        [.. _records.Where(record => containerId.StartsWith((string)record["container_id"]!, StringComparison.Ordinal))];

    /// <summary>The lines that came of a container.</summary>
    public IReadOnlyList<string> Lines(string containerId) => [.. Of(containerId).Select(record => (string)record["log"]!)];

    public static Task UntilAsync(string what, Func<bool> condition) => Until.TrueAsync(what, Deadline, () => Task.FromResult(condition()));

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(TakeAsync(await _listener.AcceptTcpClientAsync(_ending.Token)));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task TakeAsync(TcpClient client)
    {
        using (client)
        {
            await using var stream = new BufferedStream(client.GetStream());
            var reader = new MsgPackReader(stream);
            try
            {
                while (true)
                {
                    Take((List<object?>)(await reader.ReadAsync(_ending.Token))!);
                }
            }
            catch (Exception fault) when (fault is EndOfStreamException or IOException or OperationCanceledException)
            {
                // The driver has closed its end, or the test its own.
            }
        }
    }

    private void Take(List<object?> message)
    {
        if (message[1] is List<object?> entries)
        {
            entries.ForEach(entry => _records.Enqueue((Dictionary<string, object?>)((List<object?>)entry!)[1]!));
        }
        else
        {
            _records.Enqueue((Dictionary<string, object?>)message[2]!);
        }
    }
}
