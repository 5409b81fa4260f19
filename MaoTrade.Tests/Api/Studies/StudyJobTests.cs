using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.History;
using MaoApi.Jobs;
using MaoApi.MarketData;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Api.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Studies;

/// <summary>Studies as administrators make them, and their jobs in several processes that share one database.</summary>
public sealed class StudyJobTests : IAsyncLifetime
{
    private const int Day = 86_400;
    private const string Name = "study/eur-gbp";

    private const string Body =
        """{"studyId":"eur-gbp","name":"Euro against pound","kind":"ratio","tickers":["EURUSD","GBPUSD"],"timeFrame":86400,"schedule":"30 22 * * 1-5 America/New_York","exportSymbol":"EURGBP"}""";

    private JobDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _desk = await JobDesk.StartAsync(TimeProvider.System);
        await using var history = History();
        history.AddRange(new[] { "EURUSD", "GBPUSD" }.Select(symbol => new Ticker { Symbol = symbol, Name = symbol, Source = TickerSources.Store, IsEnabled = true }));
        await history.SaveChangesAsync();
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_study_is_computed_once_by_several_processes_however_often_it_was_missed()
    {
        await WriteAsync(10);
        await PostAsync("create", Body);
        await using (var context = _desk.Gateway.Database())
        {
            await context.Jobs.Where(job => job.Name == Name)
                .ExecuteUpdateAsync(job => job.SetProperty(row => row.Due, TimeProvider.System.GetUtcNow().AddDays(-7)));
        }

        var kinds = Enumerable.Range(0, 3).Select(_ => new CountedKind(Kind())).ToList();
        var runners = kinds.Select(kind => _desk.Runner(_desk.Book(), kind)).ToList();
        await Task.WhenAll(runners.Select(runner => runner.StartAsync(default)));
        await _desk.UntilAsync(runs => runs is [{ State: JobStates.Done }], "the study is computed");
        await Task.WhenAll(runners.Select(runner => runner.StopAsync(default)));

        kinds.Sum(kind => kind.Runs).Should().Be(1);
        var run = (await _desk.RunsAsync()).Single();
        (run.Message, run.Progress, run.Job!.LastState).Should().Be(("10 bars, 10 values computed", 1, JobStates.Done));
        var next = TimeZoneInfo.ConvertTime(run.Job.Due!.Value, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        (next.TimeOfDay, next > TimeProvider.System.GetUtcNow()).Should().Be((new TimeSpan(22, 30, 0), true));
        await using var history = History();
        (await history.StudyValues.CountAsync()).Should().Be(10);
        var listed = await _desk.Gateway.PostAsync("/admin/jobs/list", $$$"""{"filter":{"name":"{{{Name}}}"}}""", "admin");
        listed.Data["items"]!.AsArray().Should().ContainSingle().Which!["name"]!.ToString().Should().Be(Name);
    }

    [Fact]
    public async Task A_study_that_fails_is_told_the_administrators_by_its_name()
    {
        await PostAsync("create", Body);
        var runner = _desk.Runner(_desk.Book(), Kind());
        await runner.StartAsync(default);

        await _desk.UntilAsync(runs => runs is [{ State: JobStates.Failed }], "the run failed");

        await runner.StopAsync(default);
        await using var context = _desk.Gateway.Database();
        var notice = await context.Notifications.SingleAsync();
        (notice.Title, notice.Message).Should().Be(("The job study/eur-gbp failed", "no bars of 86400 s are stored of EURUSD, GBPUSD"));
    }

    [Fact]
    public async Task A_deleted_study_ends_its_job_its_runs_and_its_values()
    {
        await WriteAsync(10);
        await PostAsync("create", Body);
        await Kind().RunAsync("""{"studyId":"eur-gbp"}""", new JobProgress(), default);
        var endless = new CountedKind(null);
        var runner = _desk.Runner(_desk.Book(), endless);
        await runner.StartAsync(default);
        await _desk.UntilAsync(runs => runs is [{ State: JobStates.Running }], "the study is being computed");

        await PostAsync("delete", """{"studyId":"eur-gbp","version":1}""");

        await _desk.UntilAsync(runs => runs is [{ State: JobStates.Cancelled, JobKey: null }], "the run ends");
        await runner.StopAsync(default);
        await using (var context = _desk.Gateway.Database())
        {
            (await context.Jobs.AnyAsync(job => job.Name == Name)).Should().BeFalse();
        }

        await using var history = History();
        (await history.StudyValues.CountAsync()).Should().Be(0);
        (await history.Tickers.CountAsync(ticker => ticker.Symbol == "EURGBP")).Should().Be(1, "a ticker people use stays");
        (await Kind().RunAsync("""{"studyId":"eur-gbp"}""", new JobProgress(), default)).Should().Be("the study was deleted");
        await PostAsync("create", Body);
        await Kind().RunAsync("""{"studyId":"eur-gbp"}""", new JobProgress(), default);
    }

    [Fact]
    public async Task A_change_of_the_plan_reaches_the_job_and_is_computed_at_once()
    {
        await PostAsync("create", Body);
        await using (var context = _desk.Gateway.Database())
        {
            await context.Jobs.Where(job => job.Name == Name)
                .ExecuteUpdateAsync(job => job.SetProperty(row => row.Due, TimeProvider.System.GetUtcNow().AddDays(7)).SetProperty(row => row.Version, 42));
        }

        await PostAsync("update", """{"studyId":"eur-gbp","version":1,"schedule":"0 6 * * * Europe/Rome","enabled":false,"exportSymbol":""}""");

        await using var after = _desk.Gateway.Database();
        var job = await after.Jobs.SingleAsync(row => row.Name == Name);
        (job.Schedule, job.IsEnabled, job.Version, job.Due < TimeProvider.System.GetUtcNow().AddMinutes(1)).Should().Be(("0 6 * * * Europe/Rome", false, 43, true));
        (await after.StudyPlans.SingleAsync()).ExportSymbol.Should().BeNull();
    }

    [Fact]
    public async Task Everything_wrong_with_a_study_is_said_at_once()
    {
        await PostAsync("create", Body);
        var form = await PostAsync(
            "create",
            """{"studyId":"bad","name":"","kind":"magic","tickers":["EURUSD","EURUSD",""],"timeFrame":0,"parameters":[],"schedule":"sometimes","exportSymbol":"a b"}""",
            30);
        var whole = await PostAsync(
            "create",
            """{"studyId":"bad","name":"Bad","kind":"correlation","tickers":["EURUSD","NOBODY","EURGBP"],"timeFrame":86400,"parameters":{"period":1.5,"colour":"red"},"exportSymbol":"EURGBP"}""",
            30);
        var given = await PostAsync(
            "create",
            """{"studyId":"bad","name":"Bad","kind":"given","tickers":["EURUSD"],"timeFrame":86400,"schedule":"0 0 * * *","exportSymbol":"GBPUSD"}""",
            30);

        var indicator = await PostAsync(
            "create",
            """{"studyId":"bad","name":"Bad","kind":"indicator","tickers":["EURUSD"],"timeFrame":86400,"schedule":"0 0 * * *","parameters":{"indicator":"magic:3"}}""",
            30);
        var result = await PostAsync(
            "create",
            """{"studyId":"bad","name":"Bad","kind":"indicator","tickers":["EURUSD"],"timeFrame":86400,"schedule":"0 0 * * *","parameters":{"indicator":"macd","result":"x"}}""",
            30);

        Fields(indicator).Should().Equal("parameters.indicator");
        result.Body["message"]!.ToString().Should().Be("result is one of macd, macd_signal, macd_hist");
        Fields(form).Should().BeEquivalentTo("name", "kind", "tickers[1]", "tickers[2]", "timeFrame", "parameters", "schedule", "exportSymbol");
        Fields(whole).Should().BeEquivalentTo("tickers", "tickers[1]", "tickers[2]", "parameters.period", "parameters.colour", "schedule", "exportSymbol");
        Fields(given).Should().BeEquivalentTo("schedule", "exportSymbol", "exportSymbol");
        await using var context = _desk.Gateway.Database();
        (await context.StudyPlans.CountAsync(), await context.Jobs.CountAsync(job => job.Kind == "study")).Should().Be((1, 1));

        static IEnumerable<string> Fields(MaoTrade.Tests.Api.Support.Reply reply) => reply.Data["errors"]!.AsArray().Select(error => error!["field"]!.ToString());
    }

    [Fact]
    public async Task Values_of_a_given_study_come_from_a_service_and_those_of_a_computed_one_do_not()
    {
        await PostAsync("create", Body);
        await PostAsync("create", """{"studyId":"mood","name":"Mood","kind":"given","tickers":["EURUSD"],"timeFrame":86400}""");

        var computed = await ServeAsync("update", """{"studyId":"eur-gbp","values":[[0,1]]}""");
        var given = await ServeAsync("update", """{"studyId":"mood","values":[[0,0.5],[86400,0.75]]}""");
        var exported = await ServeAsync("export", """{"studyId":"mood","symbol":"MOOD","name":"Mood"}""");
        await ServeAsync("update", """{"studyId":"mood","values":[[86400,0.25],[172800,1]]}""");

        (computed.Status, computed.Code).Should().Be((409, 22));
        (given.Code, (int)exported.Data["bars"]!).Should().Be((0, 2));
        await using var history = History();
        var blocks = await history.BarBlocks.Where(block => block.TickerKey == (int)exported.Data["tickerId"]!).ToListAsync();
        blocks.SelectMany(block => BarBlockFormat.Decode(block.Bars)).Select(bar => bar.Close).Should().Equal(0.5m, 0.25m, 1m);
    }

    private IJobKind Kind() => _desk.Gateway.App.Services.GetServices<IJobKind>().Single(kind => kind.Kind == "study");

    private MaoDataContext History() => _desk.Gateway.App.Services.GetRequiredService<IDbContextFactory<MaoDataContext>>().CreateDbContext();

    private async Task WriteAsync(int days)
    {
        var writer = _desk.Gateway.App.Services.GetRequiredService<HistoryWriter>();
        await using var history = History();
        foreach (var ticker in await history.Tickers.Where(row => row.Source == TickerSources.Store).ToListAsync())
        {
            await writer.WriteAsync(ticker.Id, Day, [.. Enumerable.Range(0, days).Select(day => new Frame((long)day * Day, 1, 2, 1, 1.5m, 0))], "test", default);
        }
    }

    private async Task<MaoTrade.Tests.Api.Support.Reply> PostAsync(string action, string body, int code = 0)
    {
        var reply = await _desk.Gateway.PostAsync($"/admin/studies/{action}", body, "admin");
        reply.Code.Should().Be(code, reply.Body.ToJsonString());
        return reply;
    }

    private Task<MaoTrade.Tests.Api.Support.Reply> ServeAsync(string action, string body) =>
        _desk.Gateway.SignedAsync(_desk.Gateway.ServiceKey, HttpMethod.Post, $"/srv/study/{action}", body);

    /// <summary>Counts the runs of studies; without a kind behind it, they do not end by themselves.</summary>
    private sealed class CountedKind(IJobKind? inner) : IJobKind
    {
        private int _runs;

        public int Runs => Volatile.Read(ref _runs);

        public string Kind => "study";

        public async Task<string> RunAsync(string arguments, JobProgress progress, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _runs);
            if (inner is null)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return await inner!.RunAsync(arguments, progress, cancellationToken);
        }
    }
}
