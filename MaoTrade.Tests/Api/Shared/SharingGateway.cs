using MaoApi.Engines;
using MaoApi.Hosting;
using MaoApi.Idempotency;
using MaoApi.Limits;
using MaoApi.Shared;
using MaoApi.Telemetry;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Tests.Api.Shared;

/// <summary>The parts of one gateway that use the shared store, with a clock of its own.</summary>
internal sealed class SharingGateway : IAsyncDisposable
{
    private readonly ISharedStore _store;
    private readonly GatewayMetrics _metrics = new();
    private readonly ILoggerFactory _logging;

    private SharingGateway(ISharedStore store, SharedStoreOptions options, TimeProvider time)
    {
        _store = store;
        _logging = LoggerFactory.Create(logging => logging.AddProvider(Log));
        Link = new StoreLink(store, options, _metrics, time, _logging.CreateLogger<StoreLink>());
        Buckets = new SharedRateBuckets(Link, new MemoryRateBuckets(time));
        Circuit = new SharedBreakers(Link, time).Of(new EngineAddress("one", "engine", 2260, "pod", IsStopped: false));
        Running = new SharedRunningRequests(Link, new MemoryRunningRequests(), time);
    }

    public LogLines Log { get; } = new();

    public StoreLink Link { get; }

    public IRateBuckets Buckets { get; }

    public ICircuit Circuit { get; }

    public SharedRunningRequests Running { get; }

    /// <summary>One line for each outage.</summary>
    public IEnumerable<string> Warnings => Log.All.Where(line => line.Contains(" is away: ", StringComparison.Ordinal));

    /// <summary>A gateway at a server, after its first look at it. Its own clock stands still unless another is given.</summary>
    public static Task<SharingGateway> StartAsync(SharedStoreOptions options, TimeProvider? time = null) =>
        StartAsync(SharedStores.Built!(options), options, time);

    public static async Task<SharingGateway> StartAsync(ISharedStore store, SharedStoreOptions options, TimeProvider? time = null)
    {
        var gateway = new SharingGateway(store, options, time ?? new FakeClock());
        await gateway.Link.ProbeAsync();
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await Running.StopAsync(CancellationToken.None);
        Running.Dispose();
        await _store.DisposeAsync();
        _logging.Dispose();
        _metrics.Dispose();
    }
}
