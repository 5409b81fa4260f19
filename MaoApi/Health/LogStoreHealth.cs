using MaoApi.Logs;

namespace MaoApi.Health;

/// <summary>The log store, by its last event.</summary>
internal sealed class LogStoreHealth(ILogStore store, LogFeed feed) : IDependency
{
    public string Name => DependencyNames.LogStore;

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        var last = await store.LastIdAsync(cancellationToken);
        return HealthFinding.Healthy($"last event {last}, {feed.Dropped} dropped");
    }
}
