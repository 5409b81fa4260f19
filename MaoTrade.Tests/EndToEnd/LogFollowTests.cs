using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>A real gateway follows a log that grows, and is killed in the middle of it.</summary>
[Collection("processes")]
public sealed class LogFollowTests : IDisposable
{
    private const int Kills = 4;
    private const int LinesPerLife = 4_000;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(150);
    private readonly ProcessFolder _folder = new();

    private string Data => _folder.Data;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        foreach (var left in Processes.Of(Data, ""))
        {
            Processes.Kill(left);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task A_killed_gateway_loses_no_line_of_an_engines_log_and_stores_none_twice()
    {
        await MakeAsync();
        var written = 0;
        for (var life = 0; life < Kills; life++)
        {
            await using var gateway = await GatewayProcess.StartAsync(Data, "--role", "api,pod");
            var before = await CountAsync();
            var writing = Task.Run(() => WriteAsync(written));
            await Until.TrueAsync("the gateway has begun to store", Deadline, async () => await CountAsync() > before);
            await gateway.Process.KillAsync();
            await writing;
            written += LinesPerLife;
        }

        await using var last = await GatewayProcess.StartAsync(Data, "--role", "api,pod");
        await Until.TrueAsync("everything is stored", Deadline, async () => await CountAsync() >= written);
        (await last.Process.StopAsync()).Should().Be(0);

        var stored = await NumbersAsync();
        stored.Should().HaveCount(written, "none is stored twice");
        stored.Should().Equal(Enumerable.Range(0, written), "none is lost");
        (await TracesAsync()).Should().Be(written / 10, "every stack trace lies with its line");
    }

    /// <summary>Makes the folder, with no engine wanted: the log is of an account whose engine is gone.</summary>
    private async Task MakeAsync()
    {
        await using var first = await GatewayProcess.StartAsync(Data, "--role", "api");
        await using (var connection = new SqliteConnection($"Data Source={_folder.File("data/maohome.db")};Pooling=False;Default Timeout=10"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE mtpods SET op_mode = 'stopped'";
            (await command.ExecuteNonQueryAsync()).Should().BePositive();
        }

        (await first.Process.StopAsync()).Should().Be(0);
    }

    /// <summary>Writes as an engine does: an event at a time, every tenth with a stack trace.</summary>
    private async Task WriteAsync(int first)
    {
        var logs = Path.Combine(Data, "accounts", "gone", "logs");
        Directory.CreateDirectory(logs);
        var now = TimeProvider.System.GetUtcNow();
        await using var file = new StreamWriter(
            new FileStream(Path.Combine(logs, $"maotrade-{now:yyyy-MM-dd}.log"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite));
        for (var n = first; n < first + LinesPerLife; n++)
        {
            var trace = n % 10 == 0 ? $"System.Exception: {n}\n   at Somewhere\n" : "";
            await file.WriteAsync($"[{now:yyyy-MM-dd HH:mm:ss,fff}] [INFO    ] [Numbered] {n}\n{trace}");
            if (n % 20 == 0)
            {
                await file.FlushAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }
        }
    }

    private async Task<long> CountAsync() => File.Exists(_folder.File("data/logs.db"))
        ? await AskAsync("SELECT COUNT(*) FROM logs WHERE module = 'Numbered'", async command => (long)(await command.ExecuteScalarAsync())!)
        : 0;

    private Task<long> TracesAsync() => AskAsync(
        "SELECT COUNT(*) FROM logs WHERE module = 'Numbered' AND stacktrace = 'System.Exception: ' || message || char(10) || '   at Somewhere'",
        async command => (long)(await command.ExecuteScalarAsync())!);

    private Task<List<int>> NumbersAsync() => AskAsync("SELECT message FROM logs WHERE module = 'Numbered' ORDER BY id", async command =>
    {
        var numbers = new List<int>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            numbers.Add(int.Parse(rows.GetString(0)));
        }

        return numbers;
    });

    private async Task<T> AskAsync<T>(string sql, Func<SqliteCommand, Task<T>> ask)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("data/logs.db")};Pooling=False;Default Timeout=10");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await ask(command);
    }
}
