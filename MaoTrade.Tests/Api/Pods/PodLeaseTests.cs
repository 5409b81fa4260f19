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

/// <summary>Several pods on one database.</summary>
public sealed class PodLeaseTests : IAsyncLifetime, IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly TemporaryFolder _temp = new();
    private readonly List<DataFolder> _folders = [];
    private Gateway _gateway = null!;
    private int _account;

    public async Task InitializeAsync()
    {
        _gateway = await Gateway.StartAsync();
        await using var context = _gateway.Database();
        var account = await context.Accounts.SingleAsync(row => row.AccountId == "one");
        account.Pod = new Pod { Name = "mt-one", WantedState = PodStates.Running, State = PodStates.Stopped };
        await context.SaveChangesAsync();
        _account = account.Id;
    }

    public Task DisposeAsync() => _gateway.DisposeAsync().AsTask();

    public void Dispose()
    {
        _folders.ForEach(folder => folder.Dispose());
        _temp.Dispose();
    }

    [Fact]
    public async Task One_pod_at_a_time_has_an_account()
    {
        var (first, second) = (Leases("a"), Leases("b"));

        await first.HoldAsync([_account], default);
        await second.HoldAsync([_account], default);

        (first.Held.Contains(_account), second.Held.Contains(_account)).Should().Be((true, false));
    }

    [Fact]
    public async Task A_holder_that_was_not_heard_of_for_half_a_minute_has_lost_it_and_knows()
    {
        var (first, second) = (Leases("a"), Leases("b"));
        await first.HoldAsync([_account], default);

        _clock.Advance(PodLeases.Hold - TimeSpan.FromMilliseconds(1));
        await second.HoldAsync([_account], default);
        second.Held.Should().BeEmpty();
        first.Held.Should().Contain(_account);

        _clock.Advance(TimeSpan.FromMilliseconds(2));
        first.Held.Should().BeEmpty("it lets go before another may take it");
        await second.HoldAsync([_account], default);
        second.Held.Should().Contain(_account);
        await first.HoldAsync([_account], default);
        first.Held.Should().BeEmpty();
    }

    [Fact]
    public async Task A_holder_that_goes_on_saying_so_keeps_it()
    {
        var (first, second) = (Leases("a"), Leases("b"));
        for (var round = 0; round < 20; round++)
        {
            await first.HoldAsync([_account], default);
            await second.HoldAsync([_account], default);
            (first.Held.Count, second.Held.Count).Should().Be((1, 0));
            _clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task An_orderly_end_gives_back_and_the_same_folder_waits_for_nobody()
    {
        var first = Leases("a");
        await first.HoldAsync([_account], default);
        var crashedAndBack = new PodLeases(Contexts, _folders[0], _clock);
        await crashedAndBack.HoldAsync([_account], default);
        crashedAndBack.Held.Should().Contain(_account);

        await crashedAndBack.ReleaseAsync(default);
        var second = Leases("b");
        await second.HoldAsync([_account], default);

        second.Held.Should().Contain(_account);
    }

    [Fact]
    public async Task Of_two_pods_one_starts_the_engine_and_the_other_takes_over_when_it_ends()
    {
        await using (var context = _gateway.Database())
        {
            // Not the paper market: nothing but the engine starts.
            var broker = new Broker { Code = "other", Name = "Other", ManagerClass = "Other" };
            (await context.Accounts.SingleAsync(row => row.Id == _account)).Broker = broker;
            await context.SaveChangesAsync();
        }

        var drivers = new[] { new CountingDriver(), new CountingDriver() };
        using var stopFirst = new CancellationTokenSource();
        using var stopSecond = new CancellationTokenSource();
        var first = Fleet(drivers[0], "a").RunAsync(false, stopFirst.Token);
        await Deadlines.Until(() => drivers[0].Looks > 0, TimeSpan.FromSeconds(60), "the first pod did not take the account");
        var second = Fleet(drivers[1], "b").RunAsync(false, stopSecond.Token);
        await Deadlines.Until(() => drivers[1].Tends > 0, TimeSpan.FromSeconds(60), "the second pod does nothing");
        drivers[1].Looks.Should().Be(0, "the account is the first pod's");

        await stopFirst.CancelAsync();
        await first;
        await Deadlines.Until(() => drivers[1].Looks > 0, TimeSpan.FromSeconds(60), "the second pod did not take over");

        await stopSecond.CancelAsync();
        await second;
    }

    private IDbContextFactory<MaoHomeContext> Contexts => _gateway.App.Services.GetRequiredService<IDbContextFactory<MaoHomeContext>>();

    private PodLeases Leases(string folder, TimeProvider? time = null)
    {
        var opened = DataFolder.Open(Path.Combine(_temp.Path, folder));
        _folders.Add(opened);
        return new PodLeases(Contexts, opened, time ?? _clock);
    }

    private PodFleet Fleet(IPodDriver driver, string folder)
    {
        var services = _gateway.App.Services;
        return new PodFleet(
            Contexts,
            services,
            driver,
            Leases(folder, TimeProvider.System),
            new PodMeter(Contexts, TimeProvider.System),
            new PodBell(),
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
