using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoApi.Jobs;
using MaoApi.Logs;
using MaoApi.Secrets;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Jobs;

/// <summary>The jobs themselves, on a gateway's databases.</summary>
public sealed class WorkTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private Gateway _gateway = null!;

    public async Task InitializeAsync() =>
        _gateway = await Gateway.StartAsync(_clock, configure: options => options with { Roles = GatewayRoles.Api });

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Every_job_has_a_schedule_a_lane_and_a_name_of_its_own()
    {
        var jobs = _gateway.App.Services.GetServices<IJob>().ToList();

        jobs.Should().NotBeEmpty().And.OnlyHaveUniqueItems(job => job.Name);
        jobs.Should().OnlyContain(job => JobLanes.Places.ContainsKey(job.Lane));
        jobs.Should().OnlyContain(job => CronSchedule.Parse(job.Schedule).NextAfter(_clock.GetUtcNow()) != null);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task The_purge_deletes_what_is_over_and_nothing_else()
    {
        var now = _clock.GetUtcNow();
        await using (var context = _gateway.Database())
        {
            var user = await context.Users.FirstAsync();
            foreach (var (days, n) in new[] { (-8, "old"), (-6, "young"), (1, "live") })
            {
                context.Add(new Session { UserKey = user.Id, Family = n, TokenHash = n, Expires = now.AddDays(days) });
                context.Add(new IdempotentAnswer { Caller = n, Key = n, Route = "x", BodyHash = "x", Created = now, Expires = now.AddDays(days) });
                context.Add(new Notification { UserKey = user.Id, Type = "push", Title = n, Message = n, Created = now.AddDays(days * 12) });
            }

            context.Add(new AuditEntry { At = now.AddYears(-9), Who = "admin", What = "x", Target = "x" });
            await context.SaveChangesAsync();
        }

        (await RunAsync("purge")).Should().Be("4 rows deleted");

        await using var after = _gateway.Database();
        (await after.Sessions.Select(row => row.Family).ToListAsync()).Should().BeEquivalentTo("young", "live");
        (await after.IdempotentAnswers.Select(row => row.Key).ToListAsync()).Should().BeEquivalentTo("live");
        (await after.Notifications.Select(row => row.Title).ToListAsync()).Should().BeEquivalentTo("young", "live");
        (await after.Audit.CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task Events_of_the_log_are_kept_for_thirty_days()
    {
        var store = _gateway.App.Services.GetRequiredService<ILogStore>();
        var now = _clock.GetUtcNow();
        var events = Enumerable.Range(0, 2500).Select(_ => Event(now.AddDays(-31))).Append(Event(now.AddDays(-29))).ToList();
        await _gateway.App.Services.GetRequiredService<ILogWriter>().AppendAsync(new LogBatch(events), default);

        (await RunAsync("log-retention")).Should().Be("2500 events deleted");

        (await store.SearchAsync(new LogFilter { Account = "demo1" }, null, 10, default)).Should().ContainSingle();
    }

    [Fact]
    public async Task The_people_of_an_account_are_told_fourteen_and_three_days_before_its_credentials_expire_and_each_once()
    {
        var expires = _clock.GetUtcNow().AddDays(20);
        await using (var context = _gateway.Database())
        {
            var secrets = _gateway.App.Services.GetRequiredService<AccountSecrets>();
            (await context.Accounts.SingleAsync(row => row.AccountId == "one")).AccountData =
                secrets.Protect("one", $$"""{"key":"k","secret":"s","expiresAt":"{{expires:yyyy-MM-ddTHH:mm:ssZ}}"}""");
            (await context.Accounts.SingleAsync(row => row.AccountId == "two")).AccountData = secrets.Protect("two", """{"key":"k"}""");
            await context.SaveChangesAsync();
        }

        var told = new List<int>();
        for (var day = 0; day <= 20; day++)
        {
            await RunAsync("account-data-expiry");
            await RunAsync("account-data-expiry");
            await using var context = _gateway.Database();
            told.Add(await context.Notifications.CountAsync());
            _clock.Skip(TimeSpan.FromDays(1));
        }

        // Owner and viewer of account one, at day 6 and at day 17.
        told.Should().Equal([.. Enumerable.Repeat(0, 6), .. Enumerable.Repeat(2, 11), .. Enumerable.Repeat(4, 4)]);
    }

    [Fact]
    public async Task Account_data_that_cannot_be_read_fails_without_a_word_of_it()
    {
        await using (var context = _gateway.Database())
        {
            (await context.Accounts.SingleAsync(row => row.AccountId == "one")).AccountData = "v1.nobody.c2VjcmV0";
            await context.SaveChangesAsync();
        }

        var running = () => RunAsync("account-data-expiry");

        (await running.Should().ThrowAsync<JobFindingException>()).Which.Message.Should().Be("the account data of one cannot be read");
    }

    [Fact]
    public async Task Engines_that_do_not_answer_are_named()
    {
        await using (var context = _gateway.Database())
        {
            foreach (var account in context.Accounts)
            {
                context.Add(new Pod { Account = account, Name = account.AccountId, WantedState = PodStates.Running, State = account.AccountId == "one" ? PodStates.Running : PodStates.Error });
            }

            await context.SaveChangesAsync();
        }

        var running = () => RunAsync("engine-check");

        (await running.Should().ThrowAsync<JobFindingException>()).Which.Message.Should().Be("1 of 2 engines do not answer: two (the engine is stopped)");
    }

    private static LogRecord Event(DateTimeOffset at) =>
        new() { App = "maotrade", Account = "demo1", LevelName = "INFO", Message = "x", Timestamp = at };

    private Task<string> RunAsync(string name) =>
        _gateway.App.Services.GetServices<IJob>().Single(job => job.Name == name).RunAsync(new JobProgress(), default);
}
