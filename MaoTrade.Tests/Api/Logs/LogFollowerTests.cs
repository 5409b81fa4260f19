using MaoApi.Hosting;
using MaoApi.Logs;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Api.Logs;

public sealed class LogFollowerTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();
    private readonly DataFolder _folder;
    private readonly SqliteLogStore _store;

    public LogFollowerTests()
    {
        _folder = DataFolder.Open(_temp.Path);
        _store = new SqliteLogStore(_folder, TimeProvider.System);
        var logs = Path.Combine(_folder.Account("demo1"), "logs");
        Directory.CreateDirectory(logs);
        var now = TimeProvider.System.GetUtcNow();
        File.WriteAllText(Path.Combine(logs, $"maotrade-{now:yyyy-MM-dd}.log"), $"[{now:yyyy-MM-dd HH:mm:ss,fff}] [INFO    ] [A] from the file\n");
        File.WriteAllText(
            Path.Combine(logs, "stdout.jsonl"),
            $$"""{"app":"maotrade","levelName":"INFO","message":"from the output","timestamp":"{{now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}"}""" + "\n");
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
        _temp.Dispose();
    }

    [Theory]
    [InlineData(false, "from the file")]
    [InlineData(true, "from the output")]
    public async Task Of_an_engine_in_a_container_the_output_is_read_of_another_the_daily_file_and_neither_twice(bool inContainers, string expected)
    {
        var lag = new LogLag(TimeProvider.System);
        using var follower = new LogFollower(
            _folder, _store, new LogOptions(), inContainers, lag, TimeProvider.System, NullLogger<LogFollower>.Instance);
        await follower.StartAsync(default);

        await Until.TrueAsync("an event is stored", TimeSpan.FromSeconds(60), async () => (await MessagesAsync()).Length > 0);
        await follower.StopAsync(default);

        (await MessagesAsync()).Should().Equal(expected);
    }

    private async Task<string[]> MessagesAsync() =>
        [.. (await _store.SearchAsync(new LogFilter(), null, 10, default)).Select(record => record.Message)];
}
