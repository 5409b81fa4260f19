namespace MaoApi.Pods;

/// <summary>What a process takes of the machine.</summary>
/// <param name="CpuPercent">Of one processor, since it was last looked at; at the first look since its start.</param>
/// <param name="MemoryBytes">Resident memory.</param>
internal sealed record PodUsage(double CpuPercent, long MemoryBytes);
