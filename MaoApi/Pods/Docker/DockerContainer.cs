namespace MaoApi.Pods.Docker;

/// <summary>What Docker says of a container at one moment.</summary>
internal sealed record DockerContainer(
    string Id, string Status, bool IsRunning, bool IsRestarting, int ExitCode, bool IsOutOfMemory, string Error, DateTimeOffset StartedAt,
    IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Running and not between two runs.</summary>
    public bool Runs => IsRunning && !IsRestarting;

    /// <summary>Names the present or last run.</summary>
    public string RunId => $"{Id[..12]}.{StartedAt.ToUnixTimeMilliseconds()}";

    public string? Label(string name) => Labels.GetValueOrDefault(name);
}
