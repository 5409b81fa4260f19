using System.Text.Json.Nodes;
using MaoApi.Data;
using MaoApi.Data.History;
using MaoTrade.Tests.Api.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Features;

public sealed class WorkRouteTests
{
    [Fact]
    public async Task A_job_is_run_when_asked_for_and_its_run_is_listed()
    {
        await using var gateway = await Gateway.StartAsync();
        await UntilJobsAsync(gateway);

        var run = await gateway.PostAsync("/admin/jobs/run", """{"name":"purge"}""", "admin");

        (run.Status, run.Data["kind"]!.ToString(), run.Data["state"]!.ToString()).Should().Be((202, "purge", "queued"));
        await MaoTrade.Tests.Support.Until.TrueAsync("the job is done", TimeSpan.FromSeconds(60), async () =>
        {
            var list = await gateway.PostAsync("/admin/jobs/list", """{"filter":{"kind":"purge"}}""", "admin");
            var item = list.Data["items"]![0]!;
            return item["jobId"]!.ToString() == run.Data["jobId"]!.ToString() && item["state"]!.ToString() == "done" && (double)item["progress"]! == 1;
        });
        var cancel = await gateway.PostAsync("/admin/jobs/cancel", $$"""{"jobId":"{{run.Data["jobId"]}}"}""", "admin");
        (cancel.Status, cancel.Code).Should().Be((409, 22));
    }

    [Theory]
    [InlineData("/admin/jobs/run", """{"name":"nothing"}""", 404, 20)]
    [InlineData("/admin/jobs/run", "{}", 422, 30)]
    [InlineData("/admin/jobs/cancel", """{"jobId":"nothing"}""", 404, 20)]
    [InlineData("/admin/jobs/list", """{"filter":{"state":"lost"}}""", 422, 30)]
    [InlineData("/admin/jobs/list", """{"cursor":"x"}""", 422, 30)]
    [InlineData("/admin/models/activate", """{"name":"direction","modelVersion":"9"}""", 404, 20)]
    [InlineData("/admin/models/activate", """{"name":"direction","modelVersion":"1","version":7}""", 409, 22)]
    [InlineData("/admin/cache/clear", """{"name":"everything"}""", 422, 30)]
    public async Task Bad_input_has_its_answer(string path, string body, int status, int code)
    {
        await using var gateway = await Gateway.StartAsync();
        await UntilJobsAsync(gateway);
        await AddModelsAsync(gateway);

        var reply = await gateway.PostAsync(path, body, "admin");

        (reply.Status, reply.Code).Should().Be((status, code));
    }

    [Fact]
    public async Task One_version_of_a_model_is_active_and_its_last_figures_are_shown()
    {
        await using var gateway = await Gateway.StartAsync();
        await AddModelsAsync(gateway);

        foreach (var version in new[] { "1", "2" })
        {
            var reply = await gateway.PostAsync("/admin/models/activate", $$"""{"name":"direction","modelVersion":"{{version}}"}""", "admin");
            (reply.Status, (bool)reply.Data["active"]!).Should().Be((200, true));
        }

        var list = await gateway.PostAsync("/admin/models/list", """{"filter":{"active":true}}""", "admin");
        list.Data["items"]!.AsArray().Select(item => $"{item!["name"]} {item["modelVersion"]} {item["performance"]?["accuracy"]}")
            .Should().BeEquivalentTo("other 1 ", "direction 2 0.56");
        var page = await gateway.PostAsync("/admin/models/list", """{"limit":2}""", "admin");
        page.Data["items"]!.AsArray().Should().HaveCount(2);
        var rest = await gateway.PostAsync("/admin/models/list", $$"""{"limit":2,"cursor":"{{page.Data["cursor"]}}"}""", "admin");
        rest.Data["items"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task A_cleared_cache_shows_the_database_at_once()
    {
        await using var gateway = await Gateway.StartAsync();
        (await gateway.GetAsync("/auth/me")).Status.Should().Be(200);
        await using (var context = gateway.Database())
        {
            await context.Users.Where(user => user.UserId == "owner").ExecuteUpdateAsync(user => user.SetProperty(row => row.DisplayName, "renamed"));
        }

        var cleared = await gateway.PostAsync("/admin/cache/clear", """{"name":"users"}""", "admin");
        var all = await gateway.PostAsync("/admin/cache/clear", "{}", "admin");

        cleared.Data["cleared"]!.ToJsonString().Should().Be("""["users"]""");
        all.Data["cleared"]!.AsArray().Count.Should().BeGreaterThan(1);
        (await gateway.GetAsync("/auth/me")).Data["user"]!["displayName"]!.ToString().Should().Be("renamed");
    }

    [Fact]
    public async Task A_monitor_sees_pods_jobs_and_the_log()
    {
        await using var gateway = await Gateway.StartAsync();
        await UntilJobsAsync(gateway);

        var reply = await gateway.SignedAsync(gateway.MonitorKey, HttpMethod.Get, "/srv/monitor");

        reply.Status.Should().Be(200);
        reply.Data["jobs"]!.AsArray().Select(job => job!["name"]!.ToString()).Should().Contain(["purge", "log-retention", "engine-check", "account-data-expiry"]);
        reply.Data["jobs"]!.AsArray().Select(job => (long)job!["lateS"]!).Should().OnlyContain(late => late == 0);
        ((long)reply.Data["logs"]!["lagS"]!).Should().BeLessThan(20);
        ((long)reply.Data["logs"]!["dropped"]!).Should().Be(0);
    }

    [Fact]
    public async Task A_monitor_sees_which_roles_are_filled()
    {
        await using var gateway = await Gateway.StartAsync();

        JsonArray? roles = null;
        await MaoTrade.Tests.Support.Until.TrueAsync("every role was heard of", TimeSpan.FromSeconds(60), async () =>
        {
            roles = (await gateway.SignedAsync(gateway.MonitorKey, HttpMethod.Get, "/srv/monitor")).Data["roles"]!.AsArray();
            return roles.Count == 3;
        });

        roles!.Select(role => role!["name"]!.ToString()).Should().Equal("api", "data", "pod");
        roles!.Select(role => role!["machine"]!.ToString()).Should().AllBe(Environment.MachineName);
    }

    [Fact]
    public async Task A_monitor_sees_where_an_engine_stands()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = request => FakeReply.Done(
            """{"state":"ready","brokerConnected":true,"unknownOrders":1,"stale":true,"account":{"feedAvailable":false}}""");

        var well = await gateway.SignedAsync(gateway.MonitorKey, HttpMethod.Get, "/srv/monitor/engine/one");
        gateway.Engine.Answer = _ => FakeReply.Done("[]");
        var confused = await gateway.SignedAsync(gateway.MonitorKey, HttpMethod.Get, "/srv/monitor/engine/one");
        gateway.Engine.Answer = _ => new FakeReply { Code = 500, Message = "broken" };
        var failed = await gateway.SignedAsync(gateway.MonitorKey, HttpMethod.Get, "/srv/monitor/engine/one");
        var unknown = await gateway.SignedAsync(gateway.MonitorKey, HttpMethod.Get, "/srv/monitor/engine/nobody");

        ((bool)well.Data["answers"]!, (bool)well.Data["stale"]!, (bool)well.Data["feedAvailable"]!, (int)well.Data["unknownOrders"]!)
            .Should().Be((true, true, false, 1));
        ((bool)confused.Data["answers"]!).Should().BeFalse();
        ((bool)failed.Data["answers"]!).Should().BeFalse();
        (unknown.Status, unknown.Code).Should().Be((404, 20));
    }

    private static Task UntilJobsAsync(Gateway gateway) =>
        MaoTrade.Tests.Support.Until.TrueAsync("the jobs are in the table", TimeSpan.FromSeconds(60), async () =>
        {
            await using var context = gateway.Database();
            return await context.Jobs.CountAsync() >= 4;
        });

    private static async Task AddModelsAsync(Gateway gateway)
    {
        var contexts = gateway.App.Services.GetRequiredService<IDbContextFactory<MaoDataContext>>();
        await using var context = await contexts.CreateDbContextAsync();
        foreach (var (name, version, active) in new[] { ("direction", "1", false), ("direction", "2", false), ("other", "1", true) })
        {
            context.Add(new ModelVersion { Name = name, ModelVersionId = version, File = "m.bin", Sha256 = "x", FeaturesHash = "x", IsActive = active });
        }

        await context.SaveChangesAsync();
        var measured = await context.Models.SingleAsync(model => model.Name == "direction" && model.ModelVersionId == "2");
        measured.Performance.Add(new ModelPerformance { MeasuredAt = DateTimeOffset.UnixEpoch, Accuracy = 0.9 });
        measured.Performance.Add(new ModelPerformance { MeasuredAt = DateTimeOffset.UnixEpoch.AddDays(1), Accuracy = 0.56 });
        await context.SaveChangesAsync();
    }
}
