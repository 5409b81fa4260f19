namespace MaoApi.Hosting;

/// <summary>Whether the gateway has finished starting and not begun to stop.</summary>
internal sealed class Readiness(TimeProvider time)
{
    private volatile bool _isOpen;
    private volatile bool _isStopping;

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public bool IsOpen => _isOpen;

    /// <summary>It has begun to stop, and still answers.</summary>
    public bool IsStopping => _isStopping;

    public void Open() => _isOpen = true;

    public void Close()
    {
        _isStopping = true;
        _isOpen = false;
    }
}
