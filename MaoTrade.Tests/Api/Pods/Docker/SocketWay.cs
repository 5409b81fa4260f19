using System.Net.Sockets;

namespace MaoTrade.Tests.Api.Pods.Docker;

/// <summary>A socket in front of a socket: open, closed, or taking calls and saying nothing.</summary>
internal sealed class SocketWay : IAsyncDisposable
{
    private readonly string _target;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _lock = new();
    private readonly List<Socket> _open = [];
    private readonly List<Task> _work = [];
    private Socket? _listener;
    private bool _stalls;

    public SocketWay(string target, string path)
    {
        _target = target;
        Path = path;
        Open();
    }

    public string Path { get; }

    public void Open()
    {
        File.Delete(Path);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path));
        listener.Listen(64);
        _listener = listener;
        Keep(AcceptAsync(listener));
    }

    /// <summary>Nobody listens any more, and who was connected is cut off.</summary>
    public void Close()
    {
        _listener?.Dispose();
        File.Delete(Path);
        lock (_lock)
        {
            _open.ForEach(socket => socket.Dispose());
            _open.Clear();
        }
    }

    public void Stall() => _stalls = true;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        Close();
        Task[] work;
        lock (_lock)
        {
            work = [.. _work];
        }

        await Task.WhenAll(work);
        _ending.Dispose();
    }

    private void Keep(Task task)
    {
        lock (_lock)
        {
            _work.Add(task);
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptAsync(_ending.Token);
                lock (_lock)
                {
                    _open.Add(near);
                }

                if (!_stalls)
                {
                    Keep(BridgeAsync(near));
                }
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed.
        }
    }

    private async Task BridgeAsync(Socket near)
    {
        var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        lock (_lock)
        {
            _open.Add(far);
        }

        try
        {
            await far.ConnectAsync(new UnixDomainSocketEndPoint(_target), _ending.Token);
            await using var left = new NetworkStream(near, ownsSocket: true);
            await using var right = new NetworkStream(far, ownsSocket: true);
            await Task.WhenAny(left.CopyToAsync(right, _ending.Token), right.CopyToAsync(left, _ending.Token));
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut.
        }
    }
}
