using System.Text;
using MaoTrade.Protocol.Client;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>Real engines and one database: two of them never trade one account, and a store that is away comes back.</summary>
[Collection("processes")]
public sealed class SharedAccountTests
{
    private const string Order = """{"srvId":1,"epic":"EURUSD","opType":1,"qty":1}""";

    [Fact]
    public async Task A_second_engine_on_the_same_database_exits_75_while_the_first_lives_and_trades_after_its_death()
    {
        await using var rig = await TradingRig.StartAsync("random", "EURUSD");
        using var elsewhere = new TemporaryFolder();
        var folder = Directory.CreateDirectory(elsewhere.File("accounts/demo"));
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "mt.db"), rig.DatabaseFile);
        var health = ChildProcess.FreePort();
        string[] flags = [.. rig.EngineFlags, "--data-dir", elsewhere.Path, "--port", $"{ChildProcess.FreePort()}", "--health-port", $"{health}"];
        flags = WithoutRepeated(flags);

        await using (var second = new ChildProcess(flags))
        {
            (await second.ExitCodeAsync()).Should().Be(75);
        }

        (await rig.AskAsync(5, "{}")).GetProperty("state").GetString().Should().Be("ready");
        await rig.Engine.KillAsync();
        await using var successor = new ChildProcess(flags);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        await Until.TrueAsync("the successor is ready", TimeSpan.FromSeconds(150), async () => !successor.HasExited && await IsReadyAsync(http, health));

        rig.BeginEngine();
        (await rig.Engine.ExitCodeAsync()).Should().Be(75, "the account has another holder now");
        (await successor.StopAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_database_locked_by_somebody_else_refuses_commands_and_recovers_by_itself()
    {
        await using var rig = await TradingRig.StartAsync("random", "EURUSD");
        await using var other = await rig.OpenDatabaseAsync();
        using (var held = other.BeginTransaction(deferred: false))
        {
            await using var reply = await rig.Proxy.SendAsync(new ProxyRequest(2, Encoding.UTF8.GetBytes(Order)), CancellationToken.None);
            reply.Code.Should().Be(503);
            held.Rollback();
        }

        await Until.NotNullAsync("the engine takes orders again", TimeSpan.FromSeconds(150), async () =>
        {
            await using var reply = await rig.Proxy.SendAsync(new ProxyRequest(2, Encoding.UTF8.GetBytes(Order)), CancellationToken.None);
            return reply.Code == 0 ? "taken" : null;
        });
        (await rig.OrdersAsync()).Should().ContainSingle("what was refused was not done");
    }

    [Fact]
    public async Task A_damaged_database_is_kept_aside_and_the_account_begins_blocked()
    {
        await using var rig = await TradingRig.StartAsync("random", "EURUSD");
        await rig.Engine.StopAsync();
        var file = rig.DatabaseFile;
        await File.WriteAllBytesAsync(file, Enumerable.Repeat((byte)0x55, 20_000).ToArray());

        await rig.StartEngineAsync();

        (await rig.AskAsync(5, "{}")).GetProperty("state").GetString().Should().Be("blocked");
        Directory.GetFiles(Path.GetDirectoryName(file)!, "mt.db.corrupt-*").Should().NotBeEmpty();
        await using var reply = await rig.Proxy.SendAsync(new ProxyRequest(2, Encoding.UTF8.GetBytes(Order)), CancellationToken.None);
        reply.Code.Should().Be(460);
        reply.Message.Should().Contain("damaged");
    }

    [Fact]
    public async Task A_damaged_database_of_another_folder_stays_where_it_is_and_the_engine_exits_75()
    {
        await using var rig = await TradingRig.StartAsync("random", "EURUSD");
        await rig.Engine.StopAsync();
        var folder = Path.Combine(rig.DataFolder, "accounts/demo");
        var elsewhere = Directory.CreateDirectory(Path.Combine(rig.DataFolder, "elsewhere")).FullName;
        var file = Path.Combine(elsewhere, "mt.db");
        await File.WriteAllBytesAsync(file, Enumerable.Repeat((byte)0x55, 20_000).ToArray());
        File.Delete(Path.Combine(folder, "mt.db"));
        File.CreateSymbolicLink(Path.Combine(folder, "mt.db"), file);

        rig.BeginEngine();

        (await rig.Engine.ExitCodeAsync()).Should().Be(75);
        (await rig.Engine.OutputAsync()).Should().Contain("is damaged and lies elsewhere");
        (await File.ReadAllBytesAsync(file)).Should().HaveCount(20_000).And.OnlyContain(b => b == 0x55);
        Directory.GetFiles(elsewhere).Concat(Directory.GetFiles(folder)).Should().NotContain(name => name.Contains(".corrupt-"));
    }

    [Fact]
    public async Task A_damaged_database_that_another_engine_trades_with_is_not_kept_aside()
    {
        await using var rig = await TradingRig.StartAsync("random", "EURUSD");
        (await rig.AskAsync(2, Order)).GetProperty("order").GetProperty("orderId").GetString().Should().NotBeNull();
        await rig.Engine.StopAsync();
        await DamageAsync(rig, "orders");
        using var stop = new CancellationTokenSource();
        var beating = BeatAsync(rig, stop.Token);

        rig.BeginEngine();

        (await rig.Engine.ExitCodeAsync()).Should().Be(75);
        Directory.GetFiles(Path.GetDirectoryName(rig.DatabaseFile)!, "*.corrupt-*").Should().BeEmpty();
        await stop.CancelAsync();
        await beating;
    }

    /// <summary>Makes the first page of a table unreadable and leaves the others.</summary>
    private static async Task DamageAsync(TradingRig rig, string table)
    {
        await using var connection = await rig.OpenDatabaseAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint(TRUNCATE); SELECT rootpage FROM sqlite_master WHERE name = '{table}'";
        var results = await command.ExecuteReaderAsync();
        await results.NextResultAsync();
        await results.ReadAsync();
        var page = results.GetInt64(0);
        await results.DisposeAsync();
        await connection.CloseAsync();
        await using var bytes = new FileStream(rig.DatabaseFile, FileMode.Open);
        bytes.Position = (page - 1) * 4_096;
        bytes.Write([.. Enumerable.Repeat((byte)0x55, 4_096)]);
    }

    /// <summary>Another engine, on another machine, that holds the account.</summary>
    private static async Task BeatAsync(TradingRig rig, CancellationToken stop)
    {
        await using var connection = await rig.OpenDatabaseAsync();
        await using var beat = connection.CreateCommand();
        beat.CommandText = "UPDATE lease SET holder = 'another', folder = 'elsewhere', beat = beat + 1";
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        do
        {
            await beat.ExecuteNonQueryAsync(CancellationToken.None);
        }
        while (await timer.WaitForNextTickAsync(stop).AsTask().ContinueWith(
            tick => tick.IsCompletedSuccessfully, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default));
    }

    /// <summary>The later value of a flag counts; the command line takes each only once.</summary>
    private static string[] WithoutRepeated(string[] flags)
    {
        var values = new Dictionary<string, string>();
        for (var i = 1; i < flags.Length; i += 2)
        {
            values[flags[i]] = flags[i + 1];
        }

        return [flags[0], .. values.SelectMany(pair => new[] { pair.Key, pair.Value })];
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, int port)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
