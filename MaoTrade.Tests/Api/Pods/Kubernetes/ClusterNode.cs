using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Pods.Kubernetes;

/// <summary>
/// The controller of StatefulSets and a node: makes the pod of a set, runs its container as a process of this machine, brings it back with
/// growing pauses, stops it with SIGTERM and, after the grace, SIGKILL. Mounted paths in arguments become folders of this machine.
/// </summary>
internal sealed class ClusterNode(ClusterStore store) : IAsyncDisposable
{
    private const string Timestamp = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<string, Task> _pods = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _processes = new(StringComparer.Ordinal);
    private Task _controller = Task.CompletedTask;

    /// <summary>Why no container starts, or none of an image, as a real cluster says it; null where all start.</summary>
    public (string Reason, string Message, string? Image)? Obstacle { get; set; }

    public void Begin(string collection) => _controller = ControlAsync(collection);

    /// <summary>Kills the process of a pod as the system does.</summary>
    public void Kill(string pod) => Signal("-KILL", _processes[pod]);

    /// <summary>What the container's run wrote, the present one or the one before it.</summary>
    public string LogOf(string pod, bool isPrevious = false) => Path.Combine(_folder.Path, pod + (isPrevious ? ".previous.log" : ".log"));

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _controller;
        await Task.WhenAll(_pods.Values);
        _ending.Dispose();
        _folder.Dispose();
    }

    private static string Now() => TimeProvider.System.GetUtcNow().UtcDateTime.ToString(Timestamp, CultureInfo.InvariantCulture);

    private async Task ControlAsync(string collection)
    {
        while (!_ending.IsCancellationRequested)
        {
            foreach (var set in store.List(collection))
            {
                Observe($"{collection}/{set["metadata"]!["name"]}");
                var path = $"{collection.Replace("apis/apps/v1", "api/v1", StringComparison.Ordinal).Replace("statefulsets", "pods", StringComparison.Ordinal)}/{set["metadata"]!["name"]}-0";
                var pod = store.Find(path);
                if ((int)set["spec"]!["replicas"]! == 0 && pod is not null)
                {
                    Delete(path, 10);
                }
                else if ((int)set["spec"]!["replicas"]! == 1 && pod is null)
                {
                    store.Change(path, _ => NewPod(set));
                    _pods[path + Guid.NewGuid()] = RunAsync(path, set["spec"]!["template"]!["spec"]!.DeepClone());
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells that the set's last change was seen. A pod of an earlier template that does not run is not replaced: a real controller waits for it.</summary>
    private void Observe(string path) => store.Change(path, set =>
    {
        if (set is not null && (long?)set["status"]?["observedGeneration"] != (long)set["metadata"]!["generation"]!)
        {
            set["status"] = new JsonObject { ["observedGeneration"] = (long)set["metadata"]!["generation"]!, ["updateRevision"] = Revision(set) };
        }

        return set;
    });

    private static string Revision(JsonObject set) =>
        $"{set["metadata"]!["name"]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(set["spec"]!["template"]?.ToJsonString() ?? "")))[..10]}";

    /// <summary>Marks a pod as being removed; the node ends it and lets it go.</summary>
    public bool Delete(string path, int graceSeconds) => store.Change(path, pod =>
    {
        if (pod is not null && pod["metadata"]!["deletionTimestamp"] is null)
        {
            pod["metadata"]!["deletionTimestamp"] = Now();
            pod["metadata"]!["deletionGracePeriodSeconds"] = graceSeconds;
        }
        else if (pod is not null && graceSeconds < (int)pod["metadata"]!["deletionGracePeriodSeconds"]!)
        {
            pod["metadata"]!["deletionGracePeriodSeconds"] = graceSeconds;
        }

        return pod;
    }) is not null;

    private static JsonObject NewPod(JsonObject set)
    {
        var labels = set["spec"]!["template"]!["metadata"]!["labels"]!.DeepClone();
        labels["controller-revision-hash"] = Revision(set);
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["name"] = set["metadata"]!["name"] + "-0", ["labels"] = labels },
            ["spec"] = set["spec"]!["template"]!["spec"]!.DeepClone(),
            ["status"] = new JsonObject { ["phase"] = "Pending" },
        };
    }

    private async Task RunAsync(string path, JsonNode spec)
    {
        var last = default(JsonObject);
        for (var restarts = 0; !_ending.IsCancellationRequested && !IsLeaving(path); restarts++)
        {
            if (restarts > 0)
            {
                Show(path, restarts - 1, new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "CrashLoopBackOff", ["message"] = "back-off restarting failed container" } }, last);
                await PauseAsync(path, TimeSpan.FromMilliseconds(200 << Math.Min(restarts, 5)));
            }

            while (Obstacle is { } obstacle && (obstacle.Image is null || obstacle.Image == spec["containers"]![0]!["image"]!.ToString()) && !IsLeaving(path) && !_ending.IsCancellationRequested)
            {
                Show(path, restarts, new JsonObject { ["waiting"] = new JsonObject { ["reason"] = obstacle.Reason, ["message"] = obstacle.Message } }, last);
                await PauseAsync(path, TimeSpan.FromMilliseconds(100));
            }

            if (IsLeaving(path) || _ending.IsCancellationRequested)
            {
                break;
            }

            last = await RunOnceAsync(path, spec, restarts, last);
            Show(path, restarts, new JsonObject { ["terminated"] = last.DeepClone() }, null);
        }

        store.Remove(path);
    }

    private async Task<JsonObject> RunOnceAsync(string path, JsonNode spec, int restarts, JsonObject? last)
    {
        var started = Now();
        var log = LogOf(Path.GetFileName(path));
        if (File.Exists(log))
        {
            File.Move(log, LogOf(Path.GetFileName(path), isPrevious: true), overwrite: true);
        }

        if (last is null)
        {
            // Another pod of the same name begins with nothing.
            File.Delete(LogOf(Path.GetFileName(path), isPrevious: true));
        }

        using var process = Start(path, spec);
        _processes[Path.GetFileName(path)] = process.Id;
        var output = CopyAsync(process, log);
        Show(path, restarts, new JsonObject { ["running"] = new JsonObject { ["startedAt"] = started } }, last);
        var asked = TimeProvider.System.GetTimestamp();
        var isAsked = false;
        while (!process.HasExited)
        {
            if (!isAsked && (IsLeaving(path) || _ending.IsCancellationRequested))
            {
                isAsked = true;
                asked = TimeProvider.System.GetTimestamp();
                Signal("-TERM", process.Id);
            }

            if (isAsked && (_ending.IsCancellationRequested || TimeProvider.System.GetElapsedTime(asked).TotalSeconds > Grace(path)))
            {
                process.Kill();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        await output;
        return new JsonObject { ["exitCode"] = process.ExitCode, ["reason"] = process.ExitCode == 0 ? "Completed" : "Error", ["startedAt"] = started, ["finishedAt"] = Now() };
    }

    private Process Start(string path, JsonNode spec)
    {
        var container = spec["containers"]![0]!;
        var set = Path.GetFileName(path)[..^2];
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in container["args"]!.AsArray())
        {
            start.ArgumentList.Add(Mounted(path, set, argument!.ToString().Replace("$$(", "$(", StringComparison.Ordinal)));
        }

        foreach (var variable in container["env"]!.AsArray())
        {
            start.Environment[variable!["name"]!.ToString()] = Mounted(path, set, variable["value"]!.ToString());
        }

        return Process.Start(start)!;
    }

    private string Mounted(string path, string set, string text)
    {
        var files = Path.Combine(_folder.Path, set, "files");
        Directory.CreateDirectory(files);
        var account = text.Contains("/data/accounts/", StringComparison.Ordinal) ? Path.GetDirectoryName(text)!["/data/".Length..] : "";
        Directory.CreateDirectory(Path.Combine(_folder.Path, set, "data", account));
        foreach (var (name, value) in store.Find(path.Replace("/pods/", "/secrets/", StringComparison.Ordinal)[..^2])!["data"]!.AsObject())
        {
            var file = Path.Combine(files, name);
            File.Delete(file);
            File.WriteAllBytes(file, Convert.FromBase64String(value!.ToString()));
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
        }

        return text.Replace("/run/mao", files, StringComparison.Ordinal).Replace("/data", Path.Combine(_folder.Path, set, "data"), StringComparison.Ordinal);
    }

    private static async Task CopyAsync(Process process, string file)
    {
        using var writing = new SemaphoreSlim(1);
        await Task.WhenAll(CopyAsync(process.StandardOutput), CopyAsync(process.StandardError));

        async Task CopyAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                await writing.WaitAsync();
                var at = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
                await File.AppendAllTextAsync(file, $"{at} {line}\n");
                writing.Release();
            }
        }
    }

    private static void Signal(string signal, int id)
    {
        using var kill = Process.Start("kill", [signal, $"{id}"]);
        kill.WaitForExit();
    }

    private bool IsLeaving(string path) => store.Find(path)?["metadata"]!["deletionTimestamp"] is not null;

    private int Grace(string path) => (int?)store.Find(path)?["metadata"]!["deletionGracePeriodSeconds"] ?? 0;

    private async Task PauseAsync(string path, TimeSpan pause)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < pause && !IsLeaving(path) && !_ending.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private void Show(string path, int restarts, JsonObject state, JsonObject? last) => store.Change(path, pod =>
    {
        pod?["status"] = new JsonObject
        {
            ["phase"] = state.ContainsKey("running") || restarts > 0 ? "Running" : "Pending",
            ["containerStatuses"] = new JsonArray(new JsonObject
            {
                ["name"] = "engine",
                ["restartCount"] = restarts,
                ["state"] = state.DeepClone(),
                ["lastState"] = last is null ? new JsonObject() : new JsonObject { ["terminated"] = last.DeepClone() },
            }),
        };
        return pod;
    });
}
