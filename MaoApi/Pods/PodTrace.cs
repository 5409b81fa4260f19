namespace MaoApi.Pods;

/// <summary>What a process of the fleet leaves on this machine.</summary>
/// <param name="AccountId">The account; empty for the paper market.</param>
/// <param name="RecordFile">What a pod that crashed leaves for the next one to find its processes by.</param>
/// <param name="OutputFile">What the process wrote to its output.</param>
internal sealed record PodTrace(string AccountId, string RecordFile, string OutputFile);
