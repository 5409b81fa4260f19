using System.Globalization;
using System.Net;

namespace MaoApi.Pods.Docker;

/// <summary>One run of a container. Docker may begin the next one by itself: this one has ended then all the same.</summary>
internal sealed class DockerProcess : ManagedRun
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    private readonly DockerContainer _run;
    private readonly string _accountId;
    private readonly DockerDriver _driver;
    private readonly DockerApi _api;
    private readonly DockerMeter _meter;

    public DockerProcess(DockerContainer run, PodTrace trace, DockerDriver driver, DockerApi api, TimeProvider time, ILogger logger)
        : base(run.RunId, run.StartedAt, time)
    {
        _run = run;
        _accountId = trace.AccountId;
        _driver = driver;
        _api = api;
        _meter = new DockerMeter(api, time);
        Follow(new DockerLog(api, run.Id, trace.OutputFile, time, logger).FollowAsync);
    }

    public override async Task<PodEnd> WaitAsync(CancellationToken cancellationToken)
    {
        var misses = 0;
        while (true)
        {
            try
            {
                var now = await _driver.FindOursAsync(_accountId, cancellationToken);
                Trouble = null;
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
                Trouble = trouble.Message;
                misses = Math.Min(misses + 1, 5);
            }

            await Task.Delay(LookInterval * (1 << misses), Time, cancellationToken);
        }
    }

    public override Task<PodUsage?> MeasureAsync(CancellationToken cancellationToken) => _meter.MeasureAsync(_run.Id, cancellationToken);

    /// <summary>A signal, not a stop: Docker answers at once, and does not bring back what was ended so.</summary>
    public override Task TerminateAsync(CancellationToken cancellationToken) => SignalAsync("SIGTERM", cancellationToken);

    public override Task KillAsync(CancellationToken cancellationToken) => SignalAsync("SIGKILL", cancellationToken);

    public override Task ForgetAsync(bool forGood, CancellationToken cancellationToken) =>
        forGood ? StopAsync(cancellationToken) : Task.CompletedTask;

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

    /// <summary>The state has the code until the next run begins; then Docker's events still do, as long as Docker itself has run on.</summary>
    private async Task<PodEnd> EndOfAsync(DockerContainer now, CancellationToken cancellationToken)
    {
        if (now.StartedAt == _run.StartedAt)
        {
            return new PodEnd(now.ExitCode, now.IsOutOfMemory ? "OOMKilled" : now.Error is { Length: > 0 } error ? error : null);
        }

        var since = _run.StartedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var until = (Time.GetUtcNow().ToUnixTimeSeconds() + 1).ToString(CultureInfo.InvariantCulture);
        var filter = DockerApi.Filters(("container", _run.Id), ("event", "die"), ("event", "oom"));
        var ends = await DockerEvents.ReadAsync(_api, $"events?since={since}&until={until}&filters={filter}", cancellationToken);
        return ends.FirstOrDefault(end => end.At > _run.StartedAt) is { } first
            ? new PodEnd(first.ExitCode, ends.Any(end => end.IsOutOfMemory && end.At <= first.At) ? "OOMKilled" : null)
            : new PodEnd(null, "it was started again by somebody else");
    }
}
