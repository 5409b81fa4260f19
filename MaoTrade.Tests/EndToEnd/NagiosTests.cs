using System.Diagnostics;
using MaoTrade.Tests.Api.Data;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Nagios.Support;
using MaoTrade.Tests.Support;
using Xunit.Abstractions;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>Nagios with the shipped files watches a gateway, two engines and a database, and some of them die. A minute lasts six seconds.</summary>
[Collection("processes")]
public sealed class NagiosTests(ITestOutputHelper output) : IDisposable
{
    private const int Haste = 10;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan EngineInterval = TimeSpan.FromMinutes(5) / Haste;

    private readonly ProcessFolder _folder = new();
    private readonly TemporaryFolder _watch = new();

    private string Data => _folder.Data;

    public void Dispose()
    {
        foreach (var left in Processes.Of(Data, ""))
        {
            Processes.Kill(left);
        }

        _folder.Dispose();
        _watch.Dispose();
    }

    [NagiosFact]
    public async Task A_dead_engine_is_told_within_two_intervals_and_a_dead_database_silences_who_needs_it()
    {
        using var database = new MariaDbServer();
        try
        {
            await WatchAsync(database);
        }
        finally
        {
            await database.DisposeAsync();
        }
    }

    private async Task WatchAsync(MariaDbServer database)
    {
        var databaseStarts = database.InitializeAsync();
        string url;
        await using (var first = await GatewayProcess.StartAsync(Data))
        {
            url = first.FirstRun.GetProperty("url").GetString()!;
            await File.WriteAllTextAsync(_watch.File("monitor.json"), first.FirstRun.GetProperty("monitor").GetRawText());
            await first.Process.KillAsync();
        }

        // Without the role pod nobody starts an engine that dies.
        await using var gateway = GatewayProcess.Begin("--data-dir", Data, "--port", $"{new Uri(url).Port}", "--role", "api,data");
        await databaseStarts;
        await using var nagios = await NagiosProcess.StartAsync(_watch, Site(database, url));
        foreach (var service in new[] { "MAOApi service", "Engine demo1", "Engine demo2", "MySQL connection time", "MAOTrade logs" })
        {
            await nagios.LookUntilAsync(service, IsWell);
        }

        var began = TimeProvider.System.GetTimestamp();
        var before = nagios.ProcessorTime;
        await ShouldTellADeadEngineAsync(nagios);

        // Everything happens ten times as often here as it does where a minute is one.
        var share = (nagios.ProcessorTime - before) / TimeProvider.System.GetElapsedTime(began) / Environment.ProcessorCount / Haste;
        output.WriteLine($"monitoring takes {share:P2} of {Environment.ProcessorCount} cores");
        share.Should().BeLessThan(0.02, "watching must not cost what it watches");
        await ShouldBeSilentWithoutDatabaseAsync(nagios, database, gateway);
    }

    private async Task ShouldTellADeadEngineAsync(NagiosProcess nagios)
    {
        var engine = Processes.Of(Data, "--account-id demo2 ").Should().ContainSingle().Subject;
        var start = Again(engine);
        var before = await nagios.LookUntilAsync("Engine demo2", IsWell);
        var told = nagios.Told("Engine demo2").Count;

        Processes.Kill(engine);
        var killedAt = TimeProvider.System.GetUtcNow();
        var scheduled = await nagios.WaitAsync("Engine demo2", status => status.NextCheck > before.LastCheck);
        scheduled.NextCheck.Should().BeBefore(killedAt + EngineInterval + TimeSpan.FromSeconds(2), "the next look is one interval away at most");
        var dead = await nagios.WaitAsync("Engine demo2", status => status is { State: 2, IsHard: true });
        dead.Output.Should().StartWith("MAOENGINE CRITICAL - demo2 does not answer");
        dead.LastCheck.Should().BeBefore(scheduled.NextCheck + EngineInterval, "the look after that is the second attempt, long before another interval is over");
        nagios.Told("Engine demo2").Skip(told).Should().StartWith("CRITICAL");
        await nagios.LookUntilAsync("MAOApi service", IsWell);

        using var back = Process.Start(start)!;
        await nagios.LookUntilAsync("Engine demo2", IsWell);
        await Until.TrueAsync("the recovery is told", Deadline, () => Task.FromResult(nagios.Told("Engine demo2")[^1] == "OK"));
    }

    private static async Task ShouldBeSilentWithoutDatabaseAsync(NagiosProcess nagios, MariaDbServer database, ChildProcess gateway)
    {
        await database.DisposeAsync();
        await nagios.LookUntilAsync("MySQL connection time", status => status is { State: 2, IsHard: true });
        await Until.TrueAsync("the database is told", Deadline, () => Task.FromResult(nagios.Told("MySQL connection time") is [.., "CRITICAL"]));
        string[] dependent = ["MAOApi service", "Engine demo1", "Engine demo2", "MAOData jobs", "MAOTrade logs"];
        var told = dependent.ToDictionary(service => service, service => nagios.Told(service).Count, StringComparer.Ordinal);

        await gateway.KillAsync();
        foreach (var service in dependent)
        {
            await nagios.LookAsync(service);
        }

        foreach (var service in dependent)
        {
            await nagios.WaitAsync(service, status => status is { State: 2 or 3, IsHard: true });
            nagios.Told(service).Should().HaveCount(told[service], $"{service} is silenced");
        }
    }

    private static bool IsWell(ServiceStatus status) => status is { State: 0, IsHard: true };

    /// <summary>The same program once more, as the pod would start it.</summary>
    private static ProcessStartInfo Again(int id)
    {
        var words = File.ReadAllText($"/proc/{id}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var start = new ProcessStartInfo(words[0], words.Skip(1)) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var variable in File.ReadAllText($"/proc/{id}/environ").Split('\0').Select(text => text.Split('=', 2)).Where(parts => parts.Length == 2))
        {
            start.Environment[variable[0]] = variable[1];
        }

        return start;
    }

    private Dictionary<string, string> Site(MariaDbServer database, string url)
    {
        File.WriteAllText(
            _watch.File("my.cnf"), $"[client]\nhost=127.0.0.1\nport={database.Options.Port}\nuser={database.Options.User}\npassword={database.Options.Password}\n");
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["USER2"] = Path.Combine(ShippedObjects.Folder, "plugins"),
            ["USER3"] = url.TrimEnd('/'),
            ["USER4"] = _watch.File("monitor.json"),
            ["USER5"] = MaoProgram.Write(_watch),
            ["USER6"] = _watch.File("my.cnf"),
            ["USER13"] = MaoProgram.Script(_watch, "mail", "cat > /dev/null"),
        };
    }
}
