using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Health;

public sealed class ReadyTests
{
    [Fact]
    public async Task A_gateway_that_has_not_finished_starting_is_unready()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.SendAsync(HttpMethod.Get, "/health/ready");

        (reply.Status, reply.Code, reply.Data["status"]!.ToString()).Should().Be((503, 50, "unready"));
        reply.Data["checks"]!["database"]!["status"]!.ToString().Should().Be("healthy");
        reply.Headers.RetryAfter.Should().NotBeNull();
    }

    [Fact]
    public async Task Everything_the_gateway_depends_on_is_named_with_its_time()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.App.Services.GetRequiredService<Readiness>().Open();

        var reply = await gateway.SendAsync(HttpMethod.Get, "/health/ready");

        (reply.Status, reply.Code).Should().Be((200, 0));
        foreach (var name in new[] { "database", "historyDatabase", "logStore", "sharedStore", "engines", "pods", "jobs", "models", "disk", "memory" })
        {
            reply.Data["checks"]![name]!["status"]!.ToString().Should().Be("healthy", name);
            ((long)reply.Data["checks"]![name]!["ms"]!).Should().BeInRange(0, 2000);
        }
    }

    [Fact]
    public async Task Without_its_database_the_gateway_is_unready_and_says_why()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.App.Services.GetRequiredService<Readiness>().Open();
        await using (var context = gateway.Database())
        {
            await context.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys=OFF; ALTER TABLE mtrace_users RENAME TO gone");
        }

        SqliteConnection.ClearAllPools();
        var reply = await gateway.SendAsync(HttpMethod.Get, "/health/ready");

        (reply.Status, reply.Code).Should().Be((503, 50));
        reply.Data["checks"]!["database"]!["status"]!.ToString().Should().Be("unhealthy");
        reply.Data["checks"]!["database"]!["message"]!.ToString().Should().Contain("mtrace_users");
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_degrades_and_is_named()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.App.Services.GetRequiredService<Readiness>().Open();
        await using (var context = gateway.Database())
        {
            foreach (var account in context.Accounts)
            {
                context.Add(new MaoApi.Data.Entities.Pod { AccountKey = account.Id, Name = account.AccountId, WantedState = "running", State = "running" });
            }

            await context.SaveChangesAsync();
        }

        gateway.Engine.Answer = _ => FakeReply.Close;
        var reply = await gateway.SendAsync(HttpMethod.Get, "/health/ready");

        (reply.Status, reply.Data["status"]!.ToString()).Should().Be((200, "degraded"));
        reply.Data["checks"]!["engines"]!["message"]!.ToString().Should().Be("2 of 2 asked do not answer: one, two");
    }
}
