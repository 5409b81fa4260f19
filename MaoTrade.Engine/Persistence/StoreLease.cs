namespace MaoTrade.Engine.Persistence;

/// <summary>
/// The right to trade an account, kept in its database: whoever shares the database obeys it, on whatever machine. The holder
/// beats in every commit and every <see cref="BeatPeriod"/> when idle; a beat that finds another holder fails its commit.
/// A taker on another machine waits until the beat has stood still for <see cref="Standstill"/> on its own clock; clocks are
/// never compared. Within one folder the lock file has proven already that the former holder is dead.
/// <see cref="IsFresh"/> may be read by any thread, everything else belongs to the trade loop.
/// </summary>
/// <param name="folderId">Identity of the folder whose lock this process holds.</param>
/// <param name="time">Monotonic time.</param>
public sealed class StoreLease(string folderId, TimeProvider time)
{
    /// <summary>Longest time between two beats.</summary>
    public static readonly TimeSpan BeatPeriod = TimeSpan.FromSeconds(5);

    /// <summary>How old the last beat may be for an order to leave.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    /// <summary>How long a beat must stand still before the holder counts as dead.</summary>
    public static readonly TimeSpan Standstill = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a commit of ours takes that is still on its way to a server.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private long _lastBeat = long.MinValue;

    /// <summary>Whether the last beat is young enough for an order to leave. Thread-safe.</summary>
    public bool IsFresh => Age < Freshness;

    /// <summary>Whether it was taken from a process that did not give it back: that one did not end in order.</summary>
    public bool TookOver { get; private set; }

    /// <summary>
    /// The name in the lease, another one each time it is taken: what an earlier session of this process sent, and a server
    /// gets to late, is refused.
    /// </summary>
    internal string Holder { get; private set; } = Guid.NewGuid().ToString("N");

    /// <summary>Whether it is time for a beat without a commit.</summary>
    public bool IsBeatDue => Age >= BeatPeriod;

    private TimeSpan Age => Volatile.Read(ref _lastBeat) is var last && last == long.MinValue ? TimeSpan.MaxValue : time.GetElapsedTime(last);

    /// <summary>Takes the lease; false when another process holds it and lives. A database without the table has no holder.</summary>
    /// <exception cref="System.Data.Common.DbException">The database does not answer.</exception>
    public async Task<bool> TakeAsync(IStoreDatabase database, CancellationToken cancellationToken)
    {
        using var connection = database.Open(Patience);
        if (!connection.HasTable("lease"))
        {
            return true;
        }

        var seen = Read(connection);
        var since = time.GetTimestamp();
        while (!(seen.Holder.Length == 0 || seen.Holder == Holder || seen.Folder == folderId) && time.GetElapsedTime(since) < Standstill)
        {
            await Task.Delay(Look, time, cancellationToken);
            var now = Read(connection);
            if (now.Holder == seen.Holder && now.Beat != seen.Beat)
            {
                return false;
            }

            if (now.Holder != seen.Holder)
            {
                // Somebody else took it meanwhile, and lives until its own beat has stood still.
                since = time.GetTimestamp();
            }

            seen = now;
        }

        return TrySwap(connection, seen) || TrySwapAgain(connection, seen.Holder);
    }

    /// <summary>Beats within the holder's transaction.</summary>
    /// <exception cref="LeaseLostException">Another process holds the account: nothing may be committed.</exception>
    internal static void Beat(IStoreStatement beat, string holder)
    {
        if (beat.Count(holder) != 1)
        {
            throw new LeaseLostException();
        }
    }

    /// <summary>The beat that began then is committed.</summary>
    internal void Confirm(long beganTimestamp) => Volatile.Write(ref _lastBeat, beganTimestamp);

    /// <summary>When a beat begins: its age counts from here.</summary>
    internal long Begin() => time.GetTimestamp();

    /// <summary>Gives the lease back, so that nobody has to wait.</summary>
    /// <exception cref="System.Data.Common.DbException">The database does not answer.</exception>
    public void Release(IStoreDatabase database)
    {
        using var connection = database.Open(Patience);
        using var release = connection.Prepare("UPDATE lease SET holder = '' WHERE id = 1 AND holder = $1");
        release.Count(Holder);
    }

    private static (string Holder, string Folder, long Beat) Read(IStoreConnection connection) =>
        connection.Read("SELECT holder, folder, beat FROM lease WHERE id = 1", row => (row.GetString(0), row.GetString(1), row.GetInt64(2)))
            .FirstOrDefault(("", "", 0));

    private bool TrySwap(IStoreConnection connection, (string Holder, string Folder, long Beat) seen)
    {
        var began = Begin();
        var holder = Guid.NewGuid().ToString("N");
        using var swap = connection.Prepare(
            "UPDATE lease SET holder = $1, folder = $2, beat = beat + 1 WHERE id = 1 AND holder = $3 AND beat = $4");
        if (swap.Count(holder, folderId, seen.Holder, seen.Beat) != 1)
        {
            return false;
        }

        TookOver |= seen.Holder.Length > 0 && seen.Holder != Holder;
        Holder = holder;
        Confirm(began);
        return true;
    }

    /// <summary>The last commit of the folder's former session may have reached a server between the look and the swap, but no other after it.</summary>
    private bool TrySwapAgain(IStoreConnection connection, string holder) =>
        Read(connection) is var now && now.Folder == folderId && now.Holder == holder && TrySwap(connection, now);
}
