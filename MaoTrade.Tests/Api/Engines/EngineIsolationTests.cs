using System.Diagnostics;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Engines;

public sealed class EngineIsolationTests
{
    /// <summary>Requests in flight a gateway allows by default.</summary>
    private const int MostPlaces = 500;
    private const int Wave = 70;

    [Fact]
    public async Task A_stalled_engine_never_fills_the_gateway_and_other_accounts_are_answered_as_ever()
    {
        await using var gateway = await Gateway.StartAsync();
        await using var stalled = new FakeEngine { Answer = _ => FakeReply.Silence };
        await using (var context = gateway.Database())
        {
            context.Accounts.Single(account => account.AccountId == "two").EnginePort = stalled.Port;
            await context.SaveChangesAsync();
        }

        var token = gateway.TokenOf("stranger");
        // In waves: a gateway that is not full when the next one comes was not filled by this engine.
        var stuck = new List<Task<Reply>>();
        for (var wave = 0; wave < 10; wave++)
        {
            stuck.AddRange(Enumerable.Range(0, Wave)
                .Select(i => gateway.SendAsync(HttpMethod.Get, i % 2 == 0 ? "/clientmt/orders" : "/clientmt/portfolio", token)));
            await Deadlines.Until(
                () => stuck.Count(call => !call.IsCompleted) <= MostPlaces - Wave, "calls beyond the bounds of one engine were not refused");
        }

        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 50; i++)
        {
            var started = Stopwatch.GetTimestamp();
            (await gateway.GetAsync(i % 2 == 0 ? "/clientmt/orders" : "/clientmt/portfolio")).Status.Should().Be(200);
            var took = Stopwatch.GetElapsedTime(started);
            slowest = took > slowest ? took : slowest;
        }

        slowest.Should().BeLessThan(TimeSpan.FromSeconds(5), "a stalled engine holds its callers for fifteen");
        stuck.Count(call => !call.IsCompleted).Should().BeInRange(100, 450);
        foreach (var refused in stuck.Where(call => call.IsCompletedSuccessfully))
        {
            ((await refused).Status, (await refused).Code).Should().Be((503, 43));
        }

        await stalled.DisposeAsync();
        await Task.WhenAll(stuck).Within("calls outlived their engine");
    }
}
