namespace MaoApi.Pods;

/// <summary>A process beyond doubt: process ids are used again, but not with the same start time in the same run of the machine.</summary>
/// <param name="ProcessId">The process id.</param>
/// <param name="StartTicks">Its start, clock ticks since the machine started.</param>
/// <param name="BootId">The run of the machine.</param>
internal sealed record ProcessIdentity(int ProcessId, long StartTicks, string BootId);
