using System.Diagnostics;
using MaoTrade.Engine.Monitoring;

namespace MaoTrade.Bench.Desks;

/// <summary>Notes when a commit has returned, by the product's own labelled steps.</summary>
internal sealed class CommitWatch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];
    private TaskCompletionSource<long>? _waiting;

    public CommitWatch() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>Timestamp of the end of the next commit.</summary>
    public Task<long> NextAsync() =>
        (_waiting = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "MaoTrade.Steps")
        {
            _subscriptions.Add(value.Subscribe(this, label => label == Step.AfterCommit));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        var now = Stopwatch.GetTimestamp();
        Interlocked.Exchange(ref _waiting, null)?.TrySetResult(now);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
}
