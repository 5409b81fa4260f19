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

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
        _temp.Dispose();
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
