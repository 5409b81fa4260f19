using System.Collections.Concurrent;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Telemetry;

namespace MaoApi.Live;

/// <summary>The live clients of this gateway and the feeds they listen to. Thread-safe.</summary>
internal sealed class LiveHub : IAsyncDisposable
{
    private readonly EngineGateway _engines;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveHub> _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, AccountFeed> _feeds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _perUser = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<LiveClient, byte> _clients = new();
    private readonly ConcurrentDictionary<Task, byte> _ending = new();
    private int _places;
    private long _cut;
    private volatile bool _isStopping;

    public LiveHub(EngineGateway engines, LiveOptions options, GatewayMetrics metrics, TimeProvider time, ILogger<LiveHub> logger)
    {
        (_engines, _options, _time, _logger) = (engines, options, time, logger);
        metrics.Meter.CreateObservableGauge("mao_live_clients", () => Count, null, "Clients connected for live updates");
        metrics.Meter.CreateObservableCounter("mao_live_cut_total", () => CutTotal, null, "Live clients closed because they read too slowly");
    }

    /// <summary>Clients that are connected.</summary>
    public int Count => Volatile.Read(ref _places);

    /// <summary>Clients closed for being slow, since the start.</summary>
    public long CutTotal => Interlocked.Read(ref _cut);

    public IEnumerable<LiveClient> Clients => _clients.Keys;

    /// <summary>Accounts that are subscribed to at their engines.</summary>
    public int Feeds
    {
        get
        {
            lock (_lock)
            {
                return _feeds.Count;
            }
        }
    }

    /// <summary>Takes one of the places; false when all are taken. Given back by <see cref="Free"/>.</summary>
    public bool TryReserve()
    {
        if (Interlocked.Increment(ref _places) <= _options.Clients)
        {
            return true;
        }

        Interlocked.Decrement(ref _places);
        return false;
    }

    public void Free() => Interlocked.Decrement(ref _places);

    /// <summary>Takes one of a user's places; false when all are taken. Given back by <see cref="FreeUser"/>.</summary>
    public bool TryReserveUser(string userId)
    {
        lock (_lock)
        {
            var count = _perUser.GetValueOrDefault(userId);
            if (count >= _options.ClientsPerUser)
            {
                return false;
            }

            _perUser[userId] = count + 1;
            return true;
        }
    }

    public void FreeUser(string userId)
    {
        lock (_lock)
        {
            if (_perUser[userId] == 1)
            {
                _perUser.Remove(userId);
            }
            else
            {
                _perUser[userId]--;
            }
        }
    }

    public void Add(LiveClient client)
    {
        _clients[client] = 0;
        if (_isStopping)
        {
            client.Close(LiveClose.Stopping);
        }
    }

    public void CountCut() => Interlocked.Increment(ref _cut);

    /// <summary>Gives a client channels of an account; the first client of an account opens its subscription.</summary>
    public void Subscribe(LiveClient client, AuthorizedAccount account, IReadOnlyList<int> channels, IReadOnlyDictionary<int, long> from)
    {
        var member = client.MemberOf(account.AccountId);
        lock (_lock)
        {
            if (!_feeds.TryGetValue(account.AccountId, out var feed))
            {
                _feeds.Add(account.AccountId, feed = new AccountFeed(account, _engines, _time, _logger));
            }

            foreach (var channel in channels.Where(channel => !member.Listens(channel)))
            {
                feed.Join(member, channel, from.TryGetValue(channel, out var seq) ? seq : null);
            }

            feed.Start();
        }
    }

    /// <summary>Takes channels of an account from a client; the last client of an account closes its subscription.</summary>
    public void Unsubscribe(LiveClient client, string accountId, IReadOnlyList<int> channels)
    {
        if (!client.Members.TryGetValue(accountId, out var member))
        {
            return;
        }

        foreach (var channel in channels)
        {
            member.Leave(channel);
        }

        if (member.IsEmpty)
        {
            client.Drop(accountId);
            Leave(accountId, member);
        }
    }

    /// <summary>A client is gone.</summary>
    public void Remove(LiveClient client)
    {
        _clients.TryRemove(client, out _);
        foreach (var (accountId, member) in client.CopyMembers())
        {
            Leave(accountId, member);
        }
    }

    /// <summary>Whether the changes of an account come in now.</summary>
    public bool IsConnected(string accountId)
    {
        lock (_lock)
        {
            return _feeds.TryGetValue(accountId, out var feed) && feed.IsConnected;
        }
    }

    /// <summary>Tells every client, and every one that still comes, that the gateway stops.</summary>
    public void Stop()
    {
        _isStopping = true;
        foreach (var client in _clients.Keys)
        {
            client.Close(LiveClose.Stopping);
        }
    }

    public async ValueTask DisposeAsync()
    {
        AccountFeed[] feeds;
        lock (_lock)
        {
            feeds = [.. _feeds.Values];
            _feeds.Clear();
        }

        foreach (var feed in feeds)
        {
            await feed.DisposeAsync();
        }

        await Task.WhenAll(_ending.Keys);
    }

    private void Leave(string accountId, LiveMember member)
    {
        AccountFeed? last = null;
        lock (_lock)
        {
            if (_feeds.TryGetValue(accountId, out var feed))
            {
                feed.Leave(member);
                if (!feed.HasMembers)
                {
                    _feeds.Remove(accountId);
                    last = feed;
                }
            }
        }

        if (last is not null)
        {
            var ending = last.DisposeAsync().AsTask();
            _ending[ending] = 0;
            _ = ending.ContinueWith(ended => _ending.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
