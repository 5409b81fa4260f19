namespace MaoApi.Hosting;

/// <summary>Whether the gateway has finished starting and not begun to stop.</summary>
internal sealed class Readiness(TimeProvider time)
{
    private volatile bool _isOpen;

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public bool IsOpen => _isOpen;

    public void Open() => _isOpen = true;

    public void Close() => _isOpen = false;
}
