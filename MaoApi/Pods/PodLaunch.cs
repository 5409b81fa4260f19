using System.Collections.ObjectModel;

namespace MaoApi.Pods;

/// <summary>How a process is started.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Program">The executable; containers have their own.</param>
/// <param name="Arguments">One entry for each argument; no shell sees them.</param>
/// <param name="Trace">Its account, record and output.</param>
internal sealed record PodLaunch(string Name, string Program, IReadOnlyList<string> Arguments, PodTrace Trace)
{
    /// <summary>What the executable is told before the arguments, such as the program a runtime is to run; containers have their own.</summary>
    public IReadOnlyList<string> Lead { get; init; } = [];

    /// <summary>Variables beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Files it reads, secrets among them, for its eyes only.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
