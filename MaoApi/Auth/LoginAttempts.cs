namespace MaoApi.Auth;

/// <summary>
/// Counts failed log-ins per user name and per client address, known or not. An attempt counts as failed from its beginning until it has
/// succeeded, so many at once gain nothing.
/// </summary>
internal sealed class LoginAttempts(TimeProvider time)
{
    public const int MaxFailuresOfUser = 5;
    public const int MaxFailuresOfAddress = 20;
    private const int MaxRemembered = 50_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Record> _records = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Begins an attempt. Returns how long the caller is locked out, or null where it may go on.</summary>
    public TimeSpan? Begin(string user, string address)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var ofUser = Find(UserKey(user), now);
            var ofAddress = Find(AddressKey(address), now);
            if (ofUser.Count >= MaxFailuresOfUser || ofAddress.Count >= MaxFailuresOfAddress)
            {
                var until = ofUser.Count >= MaxFailuresOfUser ? ofUser.Until : ofAddress.Until;
                return until - now;
            }

            Count(ofUser, MaxFailuresOfUser, now);
            Count(ofAddress, MaxFailuresOfAddress, now);
            return null;
        }
    }

    /// <summary>The attempt succeeded: it and the user's earlier failures do not count.</summary>
    public void Succeed(string user, string address)
    {
        lock (_lock)
        {
            _records.Remove(UserKey(user));
            if (_records.TryGetValue(AddressKey(address), out var ofAddress) && ofAddress.Count > 0)
            {
                ofAddress.Count--;
            }
        }
    }

    /// <summary>When the user's lock ends; null while there is none.</summary>
    public DateTimeOffset? LockedUntil(string user)
    {
        lock (_lock)
        {
            return _records.TryGetValue(UserKey(user), out var record) && record.Count >= MaxFailuresOfUser ? record.Until : null;
        }
    }

    private static string UserKey(string user) => "user " + user;

    private static string AddressKey(string address) => "address " + address;

    private static void Count(Record record, int max, DateTimeOffset now)
    {
        if (++record.Count == max)
        {
            record.Until = now + Window;
        }
    }

    private Record Find(string key, DateTimeOffset now)
    {
        if (_records.TryGetValue(key, out var record) && record.Until > now)
        {
            return record;
        }

        if (_records.Count >= MaxRemembered)
        {
            Forget(now);
        }

        return _records[key] = new Record { Until = now + Window };
    }

    /// <summary>Makes room: what has ended goes first; if that is nothing, what ends soonest.</summary>
    private void Forget(DateTimeOffset now)
    {
        var ended = _records.Where(pair => pair.Value.Until <= now).Select(pair => pair.Key).ToList();
        if (ended.Count == 0)
        {
            ended = [.. _records.OrderBy(pair => pair.Value.Until).Take(MaxRemembered / 10).Select(pair => pair.Key)];
        }

        ended.ForEach(key => _records.Remove(key));
    }

    private sealed class Record
    {
        public int Count { get; set; }

        /// <summary>When the count starts anew: the end of the window, or of the lock.</summary>
        public DateTimeOffset Until { get; set; }
    }
}
