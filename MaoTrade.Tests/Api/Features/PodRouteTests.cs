using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Features;

public sealed class PodRouteTests
{
    [Fact]
    public async Task A_pod_is_shown_with_what_its_process_uses()
    {
        await using var gateway = await Gateway.StartAsync();
        await AddPodsAsync(gateway);
        await using (var context = gateway.Database())
        {
            var row = await context.Pods.SingleAsync(pod => pod.Account!.AccountId == "one");
            (row.Driver, row.CpuPercent, row.MemoryBytes, row.Detail) = ("docker", 1.5, 96_000_000, "OOMKilled");
            await context.SaveChangesAsync();
        }

        var reply = await gateway.PostAsync("/admin/pods/list", """{"sort":"accountId","limit":1}""", "admin");

        reply.Status.Should().Be(200);
        var pod = reply.Data["items"]!.AsArray().Should().ContainSingle().Subject!.AsObject();
        pod.Select(member => member.Key).Should().BeEquivalentTo(
            "accountId", "podId", "name", "driver", "opMode", "opRequest", "state", "exitCode", "startedAt", "restarts", "cpuPercent", "memoryBytes", "detail");
        pod["accountId"]!.ToString().Should().Be("one");
        pod["driver"]!.ToString().Should().Be("docker");
        ((long)pod["memoryBytes"]!, (double)pod["cpuPercent"]!, pod["detail"]!.ToString()).Should().Be((96_000_000, 1.5, "OOMKilled"));
        reply.Data["cursor"]!.ToString().Should().Be("one");

        var next = await gateway.PostAsync("/admin/pods/list", """{"sort":"accountId","limit":1,"cursor":"one"}""", "admin");
        next.Data["items"]![0]!["accountId"]!.ToString().Should().Be("two");
        next.Data["items"]![0]!["memoryBytes"].Should().BeNull("no process is known to run");
        next.Data["cursor"].Should().BeNull();
    }

    [Theory]
    [InlineData("start", PodStates.Running, PodRequests.Start)]
    [InlineData("stop", PodStates.Stopped, null)]
    [InlineData("restart", PodStates.Running, PodRequests.Restart)]
    public async Task What_is_wanted_is_written_and_answered_with_202(string verb, string opMode, string? opRequest)
    {
        await using var gateway = await Gateway.StartAsync();
        await AddPodsAsync(gateway);

        var reply = await gateway.PostAsync($"/admin/pods/{verb}", """{"accountId":"one"}""", "admin");

        (reply.Status, reply.Code, reply.Data["opMode"]!.ToString(), reply.Data["opRequest"]?.ToString()).Should().Be((202, 0, opMode, opRequest));
        await using var context = gateway.Database();
        var pod = await context.Pods.SingleAsync(row => row.Account!.AccountId == "one");
        (pod.WantedState, pod.Request).Should().Be((opMode, opRequest));
        var entry = await context.Audit.SingleAsync();
        (entry.Who, entry.What, entry.Target).Should().Be(("admin", $"pods/{verb}", "one"));
        entry.Before.Should().Be("""{"opMode":"running","opRequest":null}""");
    }

    [Fact]
    public async Task An_account_that_never_had_a_pod_gets_one()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync("/admin/pods/start", """{"accountId":"one"}""", "admin");

        (reply.Status, reply.Data["name"]!.ToString(), reply.Data["state"]!.ToString()).Should().Be((202, "mt-one", "stopped"));
    }

    [Fact]
    public async Task The_engine_of_an_inactive_account_is_not_started()
    {
        await using var gateway = await Gateway.StartAsync();
        await using (var context = gateway.Database())
        {
            context.Accounts.Single(row => row.AccountId == "one").IsActive = false;
            await context.SaveChangesAsync();
        }

        var reply = await gateway.PostAsync("/admin/pods/start", """{"accountId":"one"}""", "admin");

        (reply.Status, reply.Code, reply.Data["errors"]![0]!["field"]!.ToString()).Should().Be((422, 30, "accountId"));
    }

    [Theory]
    [InlineData("start", """{"accountId":"nobodys"}""", 403, 14)]
    [InlineData("logs", """{"accountId":"../../etc"}""", 403, 14)]
    [InlineData("stop", "{}", 422, 30)]
    [InlineData("logs", """{"accountId":"one","lines":0}""", 422, 30)]
    [InlineData("logs", """{"accountId":"one","lines":1001}""", 422, 30)]
    [InlineData("list", """{"filter":{"state":"lost"}}""", 422, 30)]
    public async Task Bad_input_has_its_answer(string verb, string body, int status, int code)
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync($"/admin/pods/{verb}", body, "admin");

        (reply.Status, reply.Code).Should().Be((status, code));
    }

    [Fact]
    public async Task The_last_lines_are_the_log_as_it_reads_and_what_a_crash_said()
    {
        await using var gateway = await Gateway.StartAsync();
        var logs = Path.Combine(gateway.App.Services.GetRequiredService<DataFolder>().Account("one"), "logs");
        Directory.CreateDirectory(logs);
        await File.WriteAllLinesAsync(Path.Combine(logs, "stdout.jsonl.1"), ["""{"levelName":"INFO","module":"A","message":"oldest","timestamp":"2026-11-20T08:00:00.000Z"}"""]);
        await File.WriteAllLinesAsync(
            Path.Combine(logs, "stdout.jsonl"),
            [
                """{"app":"maotrade","levelName":"ERROR","module":"Config","message":"wrong","rid":"r1","stacktrace":"System.Exception\n   at X","timestamp":"2026-11-21T08:00:00.283Z"}""",
                "Unhandled exception. System.OutOfMemoryException",
                new string('x', 10_000),
            ]);

        var reply = await gateway.PostAsync("/admin/pods/logs", """{"accountId":"one","lines":5}""", "admin");

        reply.Data["lines"]!.AsArray().Select(line => line!.ToString()).Should().Equal(
            "[2026-11-21 08:00:00,283] [ERROR   ] [Config] rid=r1 wrong",
            "System.Exception",
            "   at X",
            "Unhandled exception. System.OutOfMemoryException",
            new string('x', 4000) + "…");
        var all = await gateway.PostAsync("/admin/pods/logs", """{"accountId":"one","lines":100}""", "admin");
        all.Data["lines"]![0]!.ToString().Should().Be("[2026-11-20 08:00:00,000] [INFO    ] [A] oldest");
    }

    [Fact]
    public async Task A_file_of_any_length_is_read_from_its_end()
    {
        await using var gateway = await Gateway.StartAsync();
        var logs = Path.Combine(gateway.App.Services.GetRequiredService<DataFolder>().Account("one"), "logs");
        Directory.CreateDirectory(logs);
        await File.WriteAllLinesAsync(Path.Combine(logs, "stdout.jsonl"), Enumerable.Range(1, 500_000).Select(n => $"line {n}"));

        var reply = await gateway.PostAsync("/admin/pods/logs", """{"accountId":"one","lines":3}""", "admin");

        reply.Data["lines"]!.ToJsonString().Should().Be("""["line 499998","line 499999","line 500000"]""");
    }

    private static async Task AddPodsAsync(Gateway gateway)
    {
        await using var context = gateway.Database();
        foreach (var account in context.Accounts)
        {
            context.Add(new Pod { Account = account, Name = "mt-" + account.AccountId, WantedState = PodStates.Running, State = PodStates.Running, PodId = "1/x" });
        }

        await context.SaveChangesAsync();
    }
}
