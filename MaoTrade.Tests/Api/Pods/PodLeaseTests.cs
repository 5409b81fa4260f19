using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoApi.Pods;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task An_account_another_pod_was_given_meanwhile_is_let_go_at_the_next_word()
    {
        var first = Leases("a");
        await first.HoldAsync([_account], default);
        await using (var context = _gateway.Database())
        {
            (await context.Pods.SingleAsync()).Holder = "another";
            await context.SaveChangesAsync();
        }

        _clock.Advance(TimeSpan.FromSeconds(15));
        await first.HoldAsync([_account], default);

        first.Held.Should().BeEmpty("its own half a minute is not over, but it knows better");
    }

    [Fact]
    public async Task Who_was_away_too_long_gives_back_nothing_that_is_another_pod_s()
    {
        var (first, second, third) = (Leases("a"), Leases("b"), Leases("c"));
        await first.HoldAsync([_account], default);
        _clock.Advance(PodLeases.Hold + TimeSpan.FromSeconds(1));
        await second.HoldAsync([_account], default);

        await first.ReleaseAsync(default);
        await third.HoldAsync([_account], default);

        (second.Held.Count, third.Held.Count).Should().Be((1, 0));
    }

    [Fact]
    public async Task An_account_that_is_not_wanted_any_more_is_given_back()
    {
        var (first, second) = (Leases("a"), Leases("b"));
        await first.HoldAsync([_account], default);

        await first.HoldAsync([], default);
        await second.HoldAsync([_account], default);

        (first.Held.Count, second.Held.Count).Should().Be((0, 1));
    }

    private IDbContextFactory<MaoHomeContext> Contexts => _gateway.App.Services.GetRequiredService<IDbContextFactory<MaoHomeContext>>();

    private PodLeases Leases(string folder)
    {
        var opened = DataFolder.Open(Path.Combine(_temp.Path, folder));
        _folders.Add(opened);
        return new PodLeases(Contexts, opened, _clock);
    }
}
