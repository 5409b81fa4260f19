using System.Globalization;
using System.Net;

namespace MaoApi.Pods.Docker;

/// <summary>One run of a container. Docker may begin the next one by itself: this one has ended then all the same.</summary>
internal sealed class DockerProcess : IPodProcess
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the last lines of a run may take.</summary>
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(2);

    private readonly DockerContainer _run;
    private readonly string _accountId;
    private readonly DockerDriver _driver;
    private readonly DockerApi _api;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly DockerMeter _meter;
    private readonly Task _log;
    private volatile string? _trouble;

    public DockerProcess(DockerContainer run, PodTrace trace, DockerDriver driver, DockerApi api, TimeProvider time, ILogger logger)
    {
        _run = run;
        _accountId = trace.AccountId;
        _driver = driver;
        _api = api;
        _time = time;
        _meter = new DockerMeter(api, time);
        _log = new DockerLog(api, run.Id, trace.OutputFile, time, logger).FollowAsync(() => HasEnded, _ending.Token);
    }

    public string Id => _run.RunId;

    public DateTimeOffset? StartedAt => _run.StartedAt;

    public bool IsProven => true;

    public string? InstanceId => null;

    public string? Detail => _trouble;

    private bool HasEnded { get; set; }

    public async Task<PodEnd> WaitAsync(CancellationToken cancellationToken)
    {
        var misses = 0;
        while (true)
        {
            try
            {
                var now = await _driver.FindOursAsync(_accountId, cancellationToken);
                _trouble = null;
                misses = 0;
                if (now is null || now.Id != _run.Id)
                {
                    return await EndedAsync(new PodEnd(null, "the container was removed"));
                }

                if (!now.Runs || now.StartedAt != _run.StartedAt)
                {
                    return await EndedAsync(await EndOfAsync(now, cancellationToken));
                }
            }
            catch (PodDriverException trouble) when (trouble.IsAway)
            {
                // What runs goes on without its engine's management; nothing is known of it, and nothing done.
                _trouble = trouble.Message;
                misses = Math.Min(misses + 1, 5);
            }

            await Task.Delay(LookInterval * (1 << misses), _time, cancellationToken);
        }
    }

    public Task<PodUsage?> MeasureAsync(CancellationToken cancellationToken) => _meter.MeasureAsync(_run.Id, cancellationToken);

    public Task RememberAsync(string? instanceId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A signal, not a stop: Docker answers at once, and does not bring back what was ended so.</summary>
    public Task TerminateAsync(CancellationToken cancellationToken) => SignalAsync("SIGTERM", cancellationToken);

    public Task KillAsync(CancellationToken cancellationToken) => SignalAsync("SIGKILL", cancellationToken);

    public Task ForgetAsync(bool forGood, CancellationToken cancellationToken) =>
        forGood ? StopAsync(cancellationToken) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _log;
        _ending.Dispose();
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _driver.StopAsync(_run.Id, cancellationToken);
        }
        catch (DockerRefusalException refusal) when (refusal.Status == HttpStatusCode.NotFound)
        {
            // Removed: nothing comes back.
        }
    }

    private async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        try
        {
            await _api.PostAsync($"containers/{_run.Id}/kill?signal={signal}", null, cancellationToken);
        }
        catch (DockerRefusalException refusal) when (refusal.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // It does not run at this moment; that it does not come back is Forget's matter.
        }
    }

    private async Task<PodEnd> EndedAsync(PodEnd end)
    {
        HasEnded = true;
        await _log.WaitAsync(LogPatience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return end;
    }

    /// <summary>The state has the code until the next run begins; then Docker's events still do, as long as Docker itself has run on.</summary>
    private async Task<PodEnd> EndOfAsync(DockerContainer now, CancellationToken cancellationToken)
    {
        if (now.StartedAt == _run.StartedAt)
        {
            return new PodEnd(now.ExitCode, now.IsOutOfMemory ? "OOMKilled" : now.Error is { Length: > 0 } error ? error : null);
        }

        var since = _run.StartedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var until = (_time.GetUtcNow().ToUnixTimeSeconds() + 1).ToString(CultureInfo.InvariantCulture);
        var filter = DockerApi.Filters(("container", _run.Id), ("event", "die"), ("event", "oom"));
        var ends = await DockerEvents.ReadAsync(_api, $"events?since={since}&until={until}&filters={filter}", cancellationToken);
        return ends.FirstOrDefault(end => end.At > _run.StartedAt) is { } first
            ? new PodEnd(first.ExitCode, ends.Any(end => end.IsOutOfMemory && end.At <= first.At) ? "OOMKilled" : null)
            : new PodEnd(null, "it was started again by somebody else");
    }
}
