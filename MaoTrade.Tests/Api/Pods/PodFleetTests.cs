using System.Net;
using System.Net.Sockets;
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

/// <summary>The fleet on a real table, with processes that are fakes and a market that only listens.</summary>
public sealed class PodFleetTests : IAsyncLifetime, IDisposable
{
    private readonly FakeDriver _driver = new();
    private readonly FakeClock _leaseClock = new(TimeProvider.System.GetUtcNow());
    private readonly CancellationTokenSource _stopping = new();
    private Gateway _gateway = null!;
    private PodFleet _fleet = null!;
    private FakeProcess _market = null!;
    private TcpListener? _listener;
    private Task _run = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _gateway = await Gateway.StartAsync();
        var services = _gateway.App.Services;
        _fleet = new PodFleet(
            services.GetRequiredService<IDbContextFactory<MaoHomeContext>>(),
            services,
            _driver,
            new PodLeases(services.GetRequiredService<IDbContextFactory<MaoHomeContext>>(), services.GetRequiredService<DataFolder>(), _leaseClock),
            services.GetRequiredService<PodMeter>(),
            services.GetRequiredService<PodBell>(),
            services.GetRequiredService<PaperBroker>(),
            TimeProvider.System,
            services.GetRequiredService<ILogger<PodFleet>>());
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _run;
        await _gateway.DisposeAsync();
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _stopping.Dispose();
    }

    [Fact]
    public async Task An_engine_given_up_after_crashes_is_started_again_when_asked_for()
    {
        var process = await StartAsync();
        process.End(64);
        await UntilAsync(pod => pod is { State: PodStates.Error, ExitCode: 64 }, "the pod was not given up");

        await WishAsync(pod => pod.Request = PodRequests.Start);
        var again = Obedient(await _driver.NextAsync());

        again.Identity.Should().NotBe(process.Identity);
        await UntilAsync(pod => pod is { State: PodStates.Running, Request: null }, "the pod does not run again");
    }

    [Fact]
    public async Task A_start_leaves_an_engine_that_runs_alone_and_a_restart_does_not()
    {
        var process = await StartAsync();

        await WishAsync(pod => pod.Request = PodRequests.Start);
        await UntilAsync(pod => pod.Request is null, "the request was not taken");
        (process.Terminated, _driver.Started).Should().Be((false, 2));

        await WishAsync(pod => pod.Request = PodRequests.Restart);
        Obedient(await _driver.NextAsync());
        (process.Terminated, _driver.Started).Should().Be((true, 3));
    }

    [Fact]
    public async Task A_stopped_engine_stays_stopped_until_it_is_wanted()
    {
        var process = await StartAsync();

        await WishAsync(pod => pod.WantedState = PodStates.Stopped);
        await UntilAsync(pod => pod is { State: PodStates.Stopped, ExitCode: 0 }, "the engine was not stopped");
        process.Terminated.Should().BeTrue();

        await WishAsync(pod => pod.WantedState = PodStates.Running);
        Obedient(await _driver.NextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_engine_of_an_account_that_is_deleted_or_not_active_stops(bool deleted)
    {
        var process = await StartAsync();

        await using (var context = _gateway.Database())
        {
            var account = await context.Accounts.SingleAsync(row => row.AccountId == "one");
            account.IsActive = false;
            if (deleted)
            {
                context.Remove(account);
            }

            await context.SaveChangesAsync();
        }

        _gateway.App.Services.GetRequiredService<PodBell>().Ring();
        await Deadlines.Until(() => process.Terminated, "the engine runs on");
        _driver.Started.Should().Be(2);
    }

    [Fact]
    public async Task A_database_that_is_away_for_a_moment_costs_no_supervision()
    {
        var process = await StartAsync();
        await using (var context = _gateway.Database())
        {
            await context.Database.ExecuteSqlRawAsync("ALTER TABLE mtpods RENAME TO mtpods_away");
            process.End(70);
            await Deadlines.Until(
                () => _gateway.Log.All.Any(line => line.Contains("Looking after engine one failed", StringComparison.Ordinal)),
                "the supervision did not fail");
            await context.Database.ExecuteSqlRawAsync("ALTER TABLE mtpods_away RENAME TO mtpods");
        }

        Obedient(await _driver.NextAsync());
        await UntilAsync(pod => pod is { State: PodStates.Running }, "the engine was not started again");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pod_that_has_lost_an_account_keeps_its_hands_off_the_engine(bool databaseIsAway)
    {
        var process = await StartAsync();
        await using (var context = _gateway.Database())
        {
            if (databaseIsAway)
            {
                await context.Database.ExecuteSqlRawAsync("ALTER TABLE mtpods RENAME TO mtpods_away");
                _leaseClock.Advance(PodLeases.Hold);
            }
            else
            {
                await context.Pods.ExecuteUpdateAsync(pod => pod.SetProperty(row => row.Holder, "another"));
                _leaseClock.Advance(PodLeases.Hold / 2);
            }
        }

        _gateway.App.Services.GetRequiredService<PodBell>().Ring();
        await Deadlines.Until(
            () => _gateway.Log.All.Any(line => line.Contains("this pod lets go of its engine", StringComparison.Ordinal)), "the pod did not let go");
        await _stopping.CancelAsync();
        await _run;

        (process.Terminated, process.Killed, _driver.Started).Should().Be((false, false, 2), "what runs is another pod's to stop and to start");
    }

    private static FakeProcess Obedient(FakeProcess process)
    {
        process.OnTerminate = () => process.End(0);
        return process;
    }

    /// <summary>Starts the fleet with one pod and returns the engine's process; the market is a port that listens.</summary>
    private async Task<FakeProcess> StartAsync()
    {
        await using (var context = _gateway.Database())
        {
            var account = await context.Accounts.SingleAsync(row => row.AccountId == "one");
            account.EnginePort = null;
            account.Pod = new Pod { Name = "mt-one", WantedState = PodStates.Running, State = PodStates.Stopped };
            await context.SaveChangesAsync();
        }

        _run = _fleet.RunAsync(false, _stopping.Token);
        _market = Obedient(await _driver.NextAsync());
        await using (var context = _gateway.Database())
        {
            var market = PaperMarket.Parse((await context.Brokers.SingleAsync()).Config);
            _listener = new TcpListener(IPAddress.Loopback, market.Port!.Value);
            _listener.Start();
        }

        var engine = Obedient(await _driver.NextAsync());
        await UntilAsync(pod => pod.State == PodStates.Running, "the engine does not run");
        _market.Terminated.Should().BeFalse();
        return engine;
    }

    private async Task WishAsync(Action<Pod> change)
    {
        await using var context = _gateway.Database();
        change(await context.Pods.SingleAsync());
        await context.SaveChangesAsync();
        _gateway.App.Services.GetRequiredService<PodBell>().Ring();
    }

    private Task UntilAsync(Func<Pod, bool> condition, string otherwise) => Deadlines.Until(
        () =>
        {
            using var context = _gateway.Database();
            return condition(context.Pods.AsNoTracking().Single());
        },
        otherwise);
}
