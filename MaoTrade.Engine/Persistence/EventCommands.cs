using MaoTrade.Engine.Trading;

namespace MaoTrade.Engine.Persistence;

/// <summary>Writes what the gateway is to be told, and takes away what it has.</summary>
internal sealed class EventCommands(IStoreConnection connection) : IDisposable
{
    /// <summary>Events that wait at most; a gateway that stays away for longer misses the oldest.</summary>
    private const int MostWaiting = 10_000;

    private readonly IStoreStatement _put = connection.Prepare(
        "INSERT INTO events (event_id, at, type, severity, signal_id, title, message) VALUES ($1, $2, $3, $4, $5, $6, $7)");

    // The table behind a name of its own: MySQL changes none that the same statement reads.
    private readonly IStoreStatement _trim = connection.Prepare(
        $"DELETE FROM events WHERE id <= (SELECT newest FROM (SELECT max(id) AS newest FROM events) AS waiting) - {MostWaiting}");

    private readonly IStoreStatement _drop = connection.Prepare("DELETE FROM events WHERE id = $1");

    public void Write(ChangeSet change)
    {
        foreach (var told in change.Events)
        {
            _put.Run(
                Guid.NewGuid().ToString("N"), change.At.ToUnixTimeMilliseconds(), told.Type, (int)told.Severity,
                (object?)told.SignalId ?? DBNull.Value, told.Title, told.Message);
        }

        foreach (var number in change.TakenEvents)
        {
            _drop.Run(number);
        }

        if (change.Events.Count > 0)
        {
            _trim.Run();
        }
    }

    public void Dispose()
    {
        _put.Dispose();
        _trim.Dispose();
        _drop.Dispose();
    }
}
