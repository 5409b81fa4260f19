namespace MaoApi.Production;

/// <summary>
/// What the Redis server carries out whole, by its own clock: microseconds since 1970 in <c>now</c>. A clock that is set back takes no tokens
/// and holds nothing longer than it would have been held anyway. Every key ends by itself when what it says no longer matters.
/// </summary>
internal static class RedisScripts
{
    private const string Now = "local t = redis.call('TIME') local now = t[1] * 1000000 + t[2] ";

    /// <summary>
    /// <see cref="Limits.RateBucket.Take"/>. ARGV: limit, tokens per second, whether it adapts, memory of the factor in µs, its growth, its top.
    /// Answers allowed, capacity, tokens left, µs until full, µs until the next.
    /// </summary>
    public const string Take = Now +
        """
        local limit, adapts, memory = tonumber(ARGV[1]), ARGV[3] == '1', tonumber(ARGV[4])
        local kept = redis.call('HMGET', KEYS[1], 'tokens', 'filled', 'factor', 'changed')
        local tokens, filled = tonumber(kept[1]) or limit, tonumber(kept[2]) or now
        local factor = adapts and kept[3] and now - kept[4] < memory and tonumber(kept[3]) or 1
        local capacity = math.max(1, limit * math.min(1, factor))
        local speed = ARGV[2] * factor
        tokens = math.min(capacity, tokens + math.max(0, now - filled) / 1000000 * speed)
        local allowed = tokens >= 1 - 1e-9
        if allowed then
          tokens = math.max(0, tokens - 1)
          if adapts then
            factor = math.min(tonumber(ARGV[6]), factor * ARGV[5])
            redis.call('HSET', KEYS[1], 'factor', factor, 'changed', now)
          end
        end
        redis.call('HSET', KEYS[1], 'tokens', tokens, 'filled', now)
        local full = math.ceil((capacity - tokens) / speed * 1000000)
        redis.call('PEXPIRE', KEYS[1], math.ceil(math.max(full, adapts and memory or 0) / 1000) + 1)
        return {allowed and 1 or 0, math.floor(capacity), math.floor(tokens), full, allowed and 0 or math.ceil((1 - tokens) / speed * 1000000)}
        """;

    /// <summary><see cref="Limits.RateBucket.SlowDown"/>. ARGV: memory of the factor in µs, its fall, its bottom.</summary>
    public const string SlowDown = Now +
        """
        local kept = redis.call('HMGET', KEYS[1], 'filled', 'factor', 'changed')
        if not kept[1] then return 0 end
        local factor = kept[2] and now - kept[3] < tonumber(ARGV[1]) and tonumber(kept[2]) or 1
        redis.call('HSET', KEYS[1], 'factor', math.max(tonumber(ARGV[3]), factor * ARGV[2]), 'changed', now)
        redis.call('PEXPIRE', KEYS[1], math.max(redis.call('PTTL', KEYS[1]), math.ceil(ARGV[1] / 1000)))
        return 1
        """;

    /// <summary>
    /// <see cref="Engines.BreakerState.Begin"/>. ARGV: µs open, µs a trial may take: the gateway that began it may have been killed. Answers
    /// allowed, trial, open, µs until a trial may pass.
    /// </summary>
    public const string Begin = Now +
        """
        local kept = redis.call('HMGET', KEYS[1], 'opened', 'leased')
        if not kept[1] then return {1, 0, 0, 0} end
        local opened = tonumber(kept[1])
        if opened > now then
          opened = now
          redis.call('HSET', KEYS[1], 'opened', now)
        end
        local wait = opened + ARGV[1] - now
        if wait > 0 then return {0, 0, 1, wait} end
        if kept[2] and kept[2] - now > 0 and kept[2] - now <= tonumber(ARGV[2]) then return {0, 0, 1, 0} end
        redis.call('HSET', KEYS[1], 'trial', now, 'leased', now + ARGV[2])
        return {1, now, 1, 0}
        """;

    /// <summary>
    /// <see cref="Engines.BreakerState.End"/>. ARGV: <c>answered</c>, <c>outage</c> or <c>unknown</c>, trial, µs of the window, outages to open,
    /// answers to close, µs open, µs an open circuit is remembered without calls. Answers as <see cref="Begin"/>, allowed being nothing.
    /// </summary>
    public const string End = Now +
        """
        local verdict, window = ARGV[1], tonumber(ARGV[3])
        local kept = redis.call('HMGET', KEYS[1], 'opened', 'trial', 'outages')
        local function open()
          redis.call('DEL', KEYS[1])
          redis.call('HSET', KEYS[1], 'opened', now)
          redis.call('PEXPIRE', KEYS[1], math.ceil(ARGV[7] / 1000))
          return {0, 0, 1, tonumber(ARGV[6])}
        end
        if not kept[1] then
          if ARGV[2] ~= '0' or verdict == 'unknown' then return {0, 0, 0, 0} end
          if verdict == 'answered' then
            redis.call('DEL', KEYS[1])
            return {0, 0, 0, 0}
          end
          local outages = {}
          for at in string.gmatch(kept[3] or '', '%d+') do
            if now - at <= window then outages[#outages + 1] = at end
          end
          outages[#outages + 1] = string.format('%.0f', now)
          if #outages >= tonumber(ARGV[4]) then return open() end
          redis.call('HSET', KEYS[1], 'outages', table.concat(outages, ' '))
          redis.call('PEXPIRE', KEYS[1], math.ceil(window / 1000) + 1)
          return {0, 0, 0, 0}
        end
        local wait = math.max(0, math.min(tonumber(ARGV[6]), kept[1] + ARGV[6] - now))
        if ARGV[2] == '0' or ARGV[2] ~= kept[2] then return {0, 0, 1, wait} end
        if verdict == 'outage' then return open() end
        if verdict == 'answered' and redis.call('HINCRBY', KEYS[1], 'answered', 1) >= tonumber(ARGV[5]) then
          redis.call('DEL', KEYS[1])
          return {0, 0, 0, 0}
        end
        redis.call('HDEL', KEYS[1], 'trial', 'leased')
        redis.call('PEXPIRE', KEYS[1], math.ceil(ARGV[7] / 1000))
        return {0, 0, 1, wait}
        """;

    /// <summary>Holds a key for one gateway. ARGV: its name, ms. Answers whether nobody else holds it.</summary>
    public const string Hold =
        """
        local holder = redis.call('GET', KEYS[1])
        if holder and holder ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    /// <summary>Lets a key go that this gateway holds. ARGV: its name.</summary>
    public const string LetGo =
        """
        return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0
        """;
}
