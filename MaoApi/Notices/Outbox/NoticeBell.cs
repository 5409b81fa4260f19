using System.Threading.Channels;

namespace MaoApi.Notices.Outbox;

/// <summary>Wakes whoever sends: something was stored. Rung often, it is heard once. Thread-safe.</summary>
internal sealed class NoticeBell
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _rung.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await _rung.Reader.ReadAsync(cancellationToken);
}
