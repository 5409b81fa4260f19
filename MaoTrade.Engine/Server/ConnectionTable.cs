namespace MaoTrade.Engine.Server;

/// <summary>The connections of the engine's port and who gives way to whom. Safe from any thread.</summary>
internal sealed class ConnectionTable(WireOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<WireConnection> _open = [];
    private readonly List<WireConnection> _lingering = [];

    /// <summary>Connections that are served.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>
    /// Takes a connection in. At the limit it takes the place of the oldest one that has been open for
    /// <see cref="WireOptions.DisplaceAfter"/> without completing a request; if there is none it is refused.
    /// </summary>
    public bool TryAdmit(WireConnection connection, out WireConnection? displaced)
    {
        lock (_lock)
        {
            displaced = null;
            if (_open.Count >= options.MaxConnections)
            {
                displaced = _open.Find(other => !other.HasCompletedRequest && time.GetElapsedTime(other.OpenedAt) >= options.DisplaceAfter);
                if (displaced is null)
                {
                    return false;
                }

                _open.Remove(displaced);
            }

            _open.Add(connection);
            return true;
        }
    }

    /// <summary>A connection has had its last reply: it no longer counts. Returns one that has lingered too long for their number.</summary>
    public WireConnection? MoveToLingering(WireConnection connection)
    {
        lock (_lock)
        {
            _open.Remove(connection);
            _lingering.Add(connection);
            return _lingering.Count > options.MaxLingering ? _lingering[0] : null;
        }
    }

    public void Remove(WireConnection connection)
    {
        lock (_lock)
        {
            _open.Remove(connection);
            _lingering.Remove(connection);
        }
    }

    /// <summary>Every connection at this moment.</summary>
    public WireConnection[] ToArray()
    {
        lock (_lock)
        {
            return [.. _open, .. _lingering];
        }
    }
}
