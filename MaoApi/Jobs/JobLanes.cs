using System.Collections.Concurrent;

namespace MaoApi.Jobs;

/// <summary>Jobs wait in lanes, each with places of its own: what is urgent never waits behind what is large.</summary>
internal sealed class JobLanes
{
    public const string High = "high";
    public const string Default = "default";
    public const string Bulk = "bulk";

    /// <summary>Runs at once in one process.</summary>
    public static readonly IReadOnlyDictionary<string, int> Places =
        new Dictionary<string, int>(StringComparer.Ordinal) { [High] = 2, [Default] = 2, [Bulk] = 1 };

    private readonly ConcurrentDictionary<string, int> _waiting = new(StringComparer.Ordinal);

    /// <summary>Runs that wait in a lane, as last counted.</summary>
    public int Waiting(string lane) => _waiting.GetValueOrDefault(lane);

    public void Count(string lane, int waiting) => _waiting[lane] = waiting;
}
