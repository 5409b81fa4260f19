using System.Runtime.InteropServices;

namespace MaoApi.Pods;

/// <summary>How a run ended.</summary>
/// <param name="ExitCode">Null where it cannot be known.</param>
/// <param name="Reason">What is known beside the code, such as <c>OOMKilled</c>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PodEnd(int? ExitCode, string? Reason = null);
