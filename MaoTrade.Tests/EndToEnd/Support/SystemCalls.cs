namespace MaoTrade.Tests.EndToEnd.Support;

/// <summary>
/// Reads a trace of strace (-f -yy): whether the journal was on the disk before an order's reference went to the broker.
/// A kill cannot show that, because what a killed process wrote survives in the page cache.
/// </summary>
public static class SystemCalls
{
    private const string Journal = "mt.db-wal>";

    /// <summary>Faults of the trace: references that were sent before the journal that names them was synced, or never sent.</summary>
    public static IReadOnlyList<string> SentBeforeSynced(IEnumerable<string> trace, IReadOnlyCollection<string> references)
    {
        var written = new HashSet<string>();
        var synced = new HashSet<string>();
        var sent = new HashSet<string>();
        var faults = new List<string>();
        var syncing = new Dictionary<string, HashSet<string>>();
        foreach (var line in trace)
        {
            var call = line[(line.IndexOf(' ') + 1)..].TrimStart();
            var thread = line[..line.IndexOf(' ')];
            if (IsSync(call))
            {
                // What was written before the call began is on the disk when it has ended.
                syncing[thread] = [.. written];
            }

            if ((IsSync(call) || call.StartsWith("<... f", StringComparison.Ordinal)) && call.EndsWith("= 0", StringComparison.Ordinal)
                && syncing.Remove(thread, out var durable))
            {
                synced.UnionWith(durable);
            }
            else if (call.Contains(Journal) && call.StartsWith("pwrite64(", StringComparison.Ordinal))
            {
                foreach (var reference in references.Where(call.Contains))
                {
                    // Written anew: the newest row must be synced, not only an older one.
                    written.Add(reference);
                    synced.Remove(reference);
                }
            }
            else if (call.Contains("<TCP:["))
            {
                faults.AddRange(references
                    .Where(reference => call.Contains(reference) && sent.Add(reference) && !synced.Contains(reference))
                    .Select(reference => $"{reference} left before its row was on the disk"));
            }
        }

        faults.AddRange(references.Except(sent).Select(reference => $"{reference} was never sent in this trace"));
        return faults;
    }

    private static bool IsSync(string call) =>
        call.Contains(Journal) && (call.StartsWith("fdatasync(", StringComparison.Ordinal) || call.StartsWith("fsync(", StringComparison.Ordinal));
}
