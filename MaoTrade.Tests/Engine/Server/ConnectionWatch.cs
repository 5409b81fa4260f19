using System.IO.Pipelines;

namespace MaoTrade.Tests.Engine.Server;

/// <summary>
/// Stands between transport and engine and says when the engine has dealt with so many bytes and waits for more: the
/// barrier a test needs before it moves the clock.
/// </summary>
internal sealed class ConnectionWatch(IDuplexPipe inner) : IDuplexPipe
{
    private readonly WatchedReader _reader = new(inner.Input);

    /// <summary>Ends when the engine has let the connection go.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    public PipeReader Input => _reader;

    public PipeWriter Output => inner.Output;

    /// <summary>Ends when the engine has seen that many bytes in all and asks for more.</summary>
    public Task HasReadAsync(long bytes) => _reader.WaitAsync(bytes);

    private sealed class WatchedReader(PipeReader inner) : PipeReader
    {
        private readonly Lock _lock = new();
        private readonly List<(long Bytes, TaskCompletionSource Reached)> _waiters = [];
        private long _consumed;
        private long _seen;
        private System.Buffers.ReadOnlySequence<byte> _last;

        public Task WaitAsync(long bytes)
        {
            lock (_lock)
            {
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiters.Add((bytes, reached));
                Release();
                return reached.Task.WaitAsync(WireHost.Patience);
            }
        }

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            lock (_lock)
            {
                Release();
            }

            var result = await inner.ReadAsync(cancellationToken);
            _last = result.Buffer;
            return result;
        }

        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            lock (_lock)
            {
                _seen = _consumed + _last.Length;
                _consumed += _last.Slice(0, consumed).Length;
            }

            inner.AdvanceTo(consumed, examined);
        }

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

        private void Release()
        {
            foreach (var (_, reached) in _waiters.Where(waiter => waiter.Bytes <= _seen))
            {
                reached.TrySetResult();
            }
        }
    }
}
