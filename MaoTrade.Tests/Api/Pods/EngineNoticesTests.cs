using MaoApi.Data.Entities;
using MaoApi.Pods;
using MaoTrade.Tests.Api.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Pods;

/// <summary>What an account's people hear of an engine that ended by itself.</summary>
public sealed class EngineNoticesTests
{
    [Theory]
    [InlineData(PodStates.Running, 134, "was restarted", "normal")]
    [InlineData(PodStates.Error, 64, "has stopped", "high")]
    public async Task An_engine_that_crashed_is_told_of(string state, int exitCode, string title, string priority)
    {
        await using var gateway = await Gateway.StartAsync();
        await using var context = gateway.Database();
        var pod = new Pod { Name = "mt-one", WantedState = PodStates.Running, State = state, AccountKey = context.Accounts.Single(a => a.AccountId == "one").Id };
        var notices = gateway.App.Services.GetRequiredService<EngineNotices>();

        await notices.AddAsync(context, pod, new PodReport(PodStates.Running, "17/abc", null, 0), CancellationToken.None);
        await notices.AddAsync(context, pod, new PodReport(PodStates.Stopped, null, 0, 0), CancellationToken.None);
        context.ChangeTracker.Entries<Notification>().Should().BeEmpty("a start and an orderly end are no news");
        await notices.AddAsync(context, pod, new PodReport(state, null, exitCode, 2), CancellationToken.None);
        await context.SaveChangesAsync();

        var stored = context.Notifications.AsNoTracking().First(notice => notice.User!.UserId == "owner");
        stored.Title.Should().Contain("mt-one").And.Contain(title);
        stored.Message.Should().Contain($"exit code {exitCode}");
        stored.Priority.Should().Be(priority);
    }
}
