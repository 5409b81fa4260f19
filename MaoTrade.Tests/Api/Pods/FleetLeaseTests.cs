using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoApi.Pods;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Tests.Api.Pods;

/// <summary>Fleets of several pods on one database.</summary>
public sealed class FleetLeaseTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _temp = new();
    private readonly List<DataFolder> _folders = [];
    private Gateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _gateway = await Gateway.StartAsync();
        await using var context = _gateway.Database();
        var account = await context.Accounts.SingleAsync(row => row.AccountId == "one");
        account.Pod = new Pod { Name = "mt-one", WantedState = PodStates.Running, State = PodStates.Stopped };

        // Not the paper market: nothing but the engine starts.
        account.Broker = new Broker { Code = "other", Name = "Other", ManagerClass = "Other" };
        await context.SaveChangesAsync();
    }

    public Task DisposeAsync() => _gateway.DisposeAsync().AsTask();

    public void Dispose()
    {
        _folders.ForEach(folder => folder.Dispose());
        _temp.Dispose();
    }

    [Fact]
    public async Task Of_two_pods_one_starts_the_engine_and_the_other_takes_over_when_it_ends()
    {
        var drivers = new[] { new CountingDriver(), new CountingDriver() };
        using var stopFirst = new CancellationTokenSource();
        using var stopSecond = new CancellationTokenSource();
        var first = Fleet(drivers[0], "a").RunAsync(false, stopFirst.Token);
        await Deadlines.Until(() => drivers[0].Looks > 0, Deadline, "the first pod did not take the account");
        var second = Fleet(drivers[1], "b").RunAsync(false, stopSecond.Token);
        await Deadlines.Until(() => drivers[1].Tends > 0, Deadline, "the second pod does nothing");
        drivers[1].Looks.Should().Be(0, "the account is the first pod's");

        await stopFirst.CancelAsync();
        await first;
        await Deadlines.Until(() => drivers[1].Looks > 0, Deadline, "the second pod did not take over");

        await stopSecond.CancelAsync();
        await second;
    }

    [Theory]
    [InlineData(null, PodStates.Stopped, null)]
    [InlineData("another", PodStates.Error, 64)]
    public async Task How_an_engine_ended_is_forgotten_at_the_start_of_its_own_pod_alone(string? holder, string state, int? exitCode)
    {
        await using (var context = _gateway.Database())
        {
            var pod = await context.Pods.SingleAsync();
            (pod.State, pod.ExitCode, pod.Holder) = (PodStates.Error, 64, holder);
            await context.SaveChangesAsync();
        }

        await Fleet(new FakeDriver(), "a").ForgetEndsAsync(default);

        await using var after = _gateway.Database();
        (await after.Pods.SingleAsync()).Should().BeEquivalentTo(new { State = state, ExitCode = exitCode });
    }

    private PodFleet Fleet(IPodDriver driver, string folder)
    {
        var services = _gateway.App.Services;
        var contexts = services.GetRequiredService<IDbContextFactory<MaoHomeContext>>();
        var opened = DataFolder.Open(Path.Combine(_temp.Path, folder));
        _folders.Add(opened);
        return new PodFleet(
            contexts,
            services,
            driver,
            new PodLeases(contexts, opened, TimeProvider.System),
            new PodMeter(contexts, TimeProvider.System),
            services.GetRequiredService<PodBell>(),
            services.GetRequiredService<PaperBroker>(),
            TimeProvider.System,
            services.GetRequiredService<ILogger<PodFleet>>());
    }

    /// <summary>Finds nothing and says so; counts who asks.</summary>
    private sealed class CountingDriver : IPodDriver
    {
        private int _looks;
        private int _tends;

        public string Name => "counting";

        public bool KeepsEngines => true;

        public int Looks => Volatile.Read(ref _looks);

        public int Tends => Volatile.Read(ref _tends);

        public Task<PodPlace> PlaceAsync(string accountId, CancellationToken cancellationToken) => Task.FromResult(PodPlace.ThisMachine);

        public async Task<IPodProcess?> FindAsync(PodTrace trace, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _looks);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return null;
        }

        public Task<IPodProcess> StartAsync(PodLaunch launch, CancellationToken cancellationToken) => throw PodDriverException.Refused("never");

        public Task<IReadOnlyList<string>> TendAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _tends);
            return Task.FromResult<IReadOnlyList<string>>([]);
        }

        public Task RemoveAsync(string accountId, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
