namespace MaoApi.Live;

/// <summary>The channels a client names and the numbers it goes on from.</summary>
internal static class LiveWish
{
    /// <summary>What is wrong, naming the field; null where nothing is.</summary>
    public static string? Fault(
        IReadOnlyList<string>? names, IReadOnlyDictionary<string, long>? numbers, out IReadOnlyList<int> channels, out IReadOnlyDictionary<int, long> from)
    {
        channels = [.. (names ?? []).Select(LiveChannels.IndexOf).Distinct()];
        from = new Dictionary<int, long>();
        if (channels.Count == 0 || channels.Contains(-1))
        {
            return $"channels: some of {string.Join(", ", LiveChannels.Names)} are expected";
        }

        var numbered = new Dictionary<int, long>();
        foreach (var (name, seq) in numbers ?? new Dictionary<string, long>())
        {
            if (seq < 0 || !channels.Contains(LiveChannels.IndexOf(name)))
            {
                return $"from.{name}: the last number of one of the channels is expected";
            }

            numbered[LiveChannels.IndexOf(name)] = seq;
        }

        from = numbered;
        return null;
    }
}
