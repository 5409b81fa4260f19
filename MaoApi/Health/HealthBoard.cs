namespace MaoApi.Health;

/// <summary>
/// Looks at all dependencies side by side, each with a time limit of its own: one that hangs delays nobody else's finding. What was found
/// serves every caller for a second, so that asking for health is no way to put the gateway under load. Safe from any thread.
/// </summary>
internal sealed class HealthBoard(IEnumerable<IDependency> dependencies, TimeProvider time)
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly Watch[] _watches = [.. dependencies.Select(dependency => new Watch(dependency, time))];
    private readonly Lock _asking = new();
    private Task<IReadOnlyDictionary<string, HealthCheck>>? _looking;
    private long _lookedAt;

    public Task<IReadOnlyDictionary<string, HealthCheck>> LookAsync()
    {
        lock (_asking)
        {
            if (_looking is null || (_looking.IsCompleted && time.GetElapsedTime(_lookedAt) >= MaxAge))
            {
                _lookedAt = time.GetTimestamp();
                _looking = LookAtAllAsync();
            }

            return _looking;
        }
    }

    private async Task<IReadOnlyDictionary<string, HealthCheck>> LookAtAllAsync()
    {
        var checks = await Task.WhenAll(_watches.Select(watch => watch.LookAsync()));
        return _watches.Zip(checks).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <summary>One dependency; a look that hangs is waited for again, never begun a second time beside the first.</summary>
    private sealed class Watch(IDependency dependency, TimeProvider time)
    {
        private Task<HealthFinding>? _look;

        public string Name => dependency.Name;

        public async Task<HealthCheck> LookAsync()
        {
            var started = time.GetTimestamp();
            if (_look is null or { IsCompleted: true })
            {
                _look = Task.Run(LookGuardedAsync);
            }

            HealthFinding finding;
            try
            {
                finding = await _look.WaitAsync(Limit, time);
            }
            catch (TimeoutException)
            {
                finding = HealthFinding.Unhealthy($"no answer within {Limit.TotalSeconds} s");
            }

            return new HealthCheck(finding.Status, (long)time.GetElapsedTime(started).TotalMilliseconds, finding.Message);
        }

        private async Task<HealthFinding> LookGuardedAsync()
        {
            using var deadline = new CancellationTokenSource(Limit, time);
            try
            {
                return await dependency.LookAsync(deadline.Token);
            }
            catch (Exception fault)
            {
                return HealthFinding.Unhealthy(fault.Message);
            }
        }
    }
}
