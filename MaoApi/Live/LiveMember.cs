namespace MaoApi.Live;

/// <summary>
/// A client's part in the feed of one account: which channels, and how far it is in each. Begun under the feed's lock; changes
/// are offered by the feed's loop beside it.
/// </summary>
internal sealed class LiveMember(LiveClient client)
{
    private const long NotAsked = -2;

    /// <summary>The channel begins for this member with the snapshot that comes next.</summary>
    private const long Awaits = -1;

    private readonly long[] _last = [NotAsked, NotAsked, NotAsked, NotAsked, NotAsked];

    public LiveClient Client => client;

    public bool IsEmpty => Array.TrueForAll(_last, last => last == NotAsked);

    public bool Listens(int channel) => Last(channel) != NotAsked;

    public bool IsWaiting(int channel) => Last(channel) == Awaits;

    /// <summary>The last number it has of a channel; below 0 where it has none.</summary>
    public long Last(int channel) => Volatile.Read(ref _last[channel]);

    public void Await(int channel) => Volatile.Write(ref _last[channel], Awaits);

    public void Leave(int channel) => Volatile.Write(ref _last[channel], NotAsked);

    /// <summary>Gives it what a channel begins with; the loop's changes pass it by until that is done.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="beginning">A snapshot and changes, or changes alone, in order.</param>
    /// <param name="last">The number up to which it then has everything.</param>
    public void Begin(int channel, IEnumerable<LiveMessage> beginning, long last)
    {
        foreach (var message in beginning)
        {
            client.Offer(message, isFirst: true);
        }

        Volatile.Write(ref _last[channel], last);
    }

    /// <summary>Gives it a change that it does not have yet; one that leaves meanwhile gets it no more.</summary>
    public void Offer(LiveMessage change)
    {
        ref var last = ref _last[change.Channel];
        var known = Volatile.Read(ref last);
        if (known >= 0 && change.Seq > known && Interlocked.CompareExchange(ref last, change.Seq, known) == known)
        {
            client.Offer(change);
        }
    }
}
