using MaoApi.Engines;
using MaoApi.Hosting;
using MaoApi.Idempotency;
using MaoApi.Limits;
using MaoApi.Shared;
using StackExchange.Redis;

namespace MaoApi.Production;

/// <summary>
/// What gateways share, on a Redis server (5 or newer). One connection carries all questions; while there is none a question fails at once and
/// the library connects again by itself.
/// </summary>
internal sealed class RedisStore(SharedStoreOptions options) : ISharedStore
{
    private const int ConnectMs = 3000;
    private const int ReconnectMs = 500;

    /// <summary>Longer than the longest call of an engine.</summary>
    private static readonly TimeSpan TrialLease = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan OpenMemory = TimeSpan.FromHours(1);

    private readonly string _gateway = Guid.NewGuid().ToString("N");

    private readonly Lock _lock = new();
    private Task<ConnectionMultiplexer>? _connection;

    public string Place => options.ToString();

    public async Task PingAsync() => await AskAsync(static database => database.PingAsync());

    public async Task<RateTake> TakeAsync(RateKey key, RateBudget budget)
    {
        var answer = await RunAsync(
            RedisScripts.Take, KeyOf(key), budget.Limit, budget.PerSecond, budget.Adapts, Micros(AdaptiveFactor.Memory), AdaptiveFactor.Up, AdaptiveFactor.Highest);
        return new RateTake(answer[0] == 1, (int)answer[1], (int)answer[2], TimeSpan.FromMicroseconds(answer[3]), TimeSpan.FromMicroseconds(answer[4]));
    }

    public Task SlowDownAsync(RateKey key) =>
        RunAsync(RedisScripts.SlowDown, KeyOf(key), Micros(AdaptiveFactor.Memory), AdaptiveFactor.Down, AdaptiveFactor.Lowest);

    public async Task<CircuitAnswer> BeginAsync(string circuit) =>
        AnswerOf(await RunAsync(RedisScripts.Begin, KeyOf(circuit), Micros(BreakerState.OpenTime), Micros(TrialLease)));

    public async Task<CircuitAnswer> EndAsync(string circuit, long trial, CallVerdict verdict) => AnswerOf(await RunAsync(
        RedisScripts.End,
        KeyOf(circuit),
        Word(verdict),
        trial,
        Micros(BreakerState.Window),
        BreakerState.OutagesToOpen,
        BreakerState.AnswersToClose,
        Micros(BreakerState.OpenTime),
        Micros(OpenMemory)));

    public async Task<bool> HoldAsync(IdempotencyKey key, TimeSpan lease) =>
        (await RunAsync(RedisScripts.Hold, KeyOf(key), _gateway, (long)lease.TotalMilliseconds))[0] == 1;

    public Task LetGoAsync(IdempotencyKey key) => RunAsync(RedisScripts.LetGo, KeyOf(key), _gateway);

    public async ValueTask DisposeAsync()
    {
        if (_connection is { IsCompletedSuccessfully: true } connected)
        {
            await (await connected).DisposeAsync();
        }
    }

    private static ConfigurationOptions Configuration(SharedStoreOptions options) => new()
    {
        EndPoints = { { options.Host!, options.Port } },
        User = options.User,
        Password = options.Password,
        DefaultDatabase = options.Database,
        Ssl = options.IsTls,
        SslHost = options.IsTls ? options.Host : null,
        AbortOnConnectFail = false,
        ConnectTimeout = ConnectMs,
        BacklogPolicy = BacklogPolicy.FailFast,
        ReconnectRetryPolicy = new LinearRetry(ReconnectMs),
        ClientName = "mao-gateway",
    };

    private static RedisKey KeyOf(RateKey key) => $"mao:rate:{key.Action.Name()}:{(int)key.Owner}:{key.Id:x}";

    private static RedisKey KeyOf(string circuit) => "mao:circuit:" + circuit;

    private static RedisKey KeyOf(IdempotencyKey key) => $"mao:running:{key.Caller}:{key.Key}";

    private static RedisValue Word(CallVerdict verdict) => verdict switch
    {
        CallVerdict.Answered => "answered",
        CallVerdict.Outage => "outage",
        _ => "unknown",
    };

    private static long Micros(TimeSpan time) => (long)time.TotalMicroseconds;

    private static CircuitAnswer AnswerOf(long[] answer) => new(answer[0] == 1, answer[1], answer[2] == 1, TimeSpan.FromMicroseconds(answer[3]));

    private async Task<long[]> RunAsync(string script, RedisKey key, params RedisValue[] values)
    {
        var answer = await AskAsync(database => database.ScriptEvaluateAsync(script, [key], values));
        return answer.Length < 0 ? [(long)answer] : (long[])answer!;
    }

    private async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        try
        {
            var connection = await ConnectAsync();
            return await ask(connection.GetDatabase());
        }
        catch (RedisConnectionException fault)
        {
            throw new SharedStoreException($"no connection, {fault.FailureType}", fault);
        }
        catch (Exception fault)
        {
            // Whatever the library throws: the store is away, and no loop or request ends by it.
            throw new SharedStoreException(fault.Message, fault);
        }
    }

    /// <summary>The library connects again by itself once it was made; only where that failed is it made anew.</summary>
    private Task<ConnectionMultiplexer> ConnectAsync()
    {
        lock (_lock)
        {
            return _connection is null or { IsFaulted: true } or { IsCanceled: true }
                ? _connection = ConnectionMultiplexer.ConnectAsync(Configuration(options))
                : _connection;
        }
    }
}
