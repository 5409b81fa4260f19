using MaoApi.Hosting;
using MaoApi.Logs;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Contracts;

public sealed class SqliteLogStoreContract : LogStoreContract, IDisposable
{
    private readonly TemporaryFolder _temp = new();
    private readonly DataFolder _folder;
    private readonly SqliteLogStore _store;

    public SqliteLogStoreContract()
    {
        _folder = DataFolder.Open(_temp.Path);
        _store = new SqliteLogStore(_folder, TimeProvider.System);
    }

    private protected override ILogStore Store => _store;

    private protected override Task AppendAsync(params LogRecord[] records) => _store.AppendAsync(new LogBatch(records), default);

    private protected override void Settle()
    {
        // What is stored is there.
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public async Task A_batch_and_the_position_of_its_file_are_stored_together_or_not_at_all()
    {
        await _store.AppendAsync(new LogBatch([Event(0, "first")], new LogPosition("demo1/x.log", 100, false)), default);
        var broken = new LogBatch([Event(1, "second"), Event(2, null!)], new LogPosition("demo1/x.log", 200, true));

        var appending = () => _store.AppendAsync(broken, default);

        await appending.Should().ThrowAsync<Exception>();
        (await FindAsync(new LogFilter())).Should().Equal("first");
        (await _store.PositionAsync("demo1/x.log", default)).Should().Be(new LogPosition("demo1/x.log", 100, false));
        (await _store.PositionAsync("demo1/y.log", default)).Should().BeNull();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_said_and_nothing_else()
    {
        await File.WriteAllTextAsync(_folder.LogDatabase, new string('x', 10_000));

        var asking = () => _store.LastIdAsync(default);

        await asking.Should().ThrowAsync<LogStoreException>();
    }

    [Fact]
    public async Task A_question_nobody_waits_for_is_broken_off()
    {
        await _store.AppendAsync(new LogBatch([Event(0, "x")]), default);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        var asking = () => _store.SearchAsync(new LogFilter(), null, 1, gone.Token);

        await asking.Should().ThrowAsync<OperationCanceledException>();
    }
}
