namespace MaoApi.Notices.Outbox;

/// <summary>When a message that could not be sent is tried again: as the server advises, else ever later. Pure.</summary>
internal static class RetryPlan
{
    /// <summary>With the waits between them a day of a channel that is down.</summary>
    public const int MostAttempts = 12;

    private const int MostDoublings = 10;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(3);
    private static readonly TimeSpan LongestAdvised = TimeSpan.FromHours(24);

    /// <summary>The wait after a failed attempt; null where that was the last.</summary>
    /// <param name="attempts">How many have failed.</param>
    /// <param name="advice">What the server asks to be waited; a day at most.</param>
    /// <param name="chance">0 to 1: spreads those that failed together.</param>
    public static TimeSpan? Wait(int attempts, TimeSpan? advice, double chance)
    {
        if (attempts >= MostAttempts)
        {
            return null;
        }

        var own = First * Math.Pow(2, Math.Min(attempts - 1, MostDoublings)) * (1 + (chance / 4));
        return advice > own ? Shorter(advice.Value, LongestAdvised) : Shorter(own, Longest);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
