using System.Collections.ObjectModel;

namespace MaoApi.Pods;

/// <summary>How a process is started.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Program">The executable.</param>
/// <param name="Arguments">One entry for each argument; no shell sees them.</param>
/// <param name="OutputFile">Where its output is appended.</param>
internal sealed record PodLaunch(string Name, string Program, IReadOnlyList<string> Arguments, string OutputFile)
{
    /// <summary>Variables beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
