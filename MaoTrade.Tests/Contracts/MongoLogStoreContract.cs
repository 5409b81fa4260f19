using System.Diagnostics.CodeAnalysis;
using MaoApi.Hosting;
using MaoApi.Logs;
using MaoTrade.Tests.Api.Logs.Mongo;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Contracts;

/// <summary>The archive that Fluentd fills keeps the contract, and what only it does.</summary>
[NeedsMongo]
[SuppressMessage("Design", "CA1001", Justification = "The test framework ends it by DisposeAsync.")]
public sealed class MongoLogStoreContract : LogStoreContract, IAsyncLifetime
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    private readonly FakeClock _clock = new();
    private MongoServer? _server;
    private ILogStore? _store;

    private protected override ILogStore Store => _store!;

    private protected override Task AppendAsync(params LogRecord[] records) => _server!.InsertAsync(_clock.GetUtcNow(), records);

    private protected override void Settle() => _clock.Advance(Settled);

    public Task InitializeAsync()
    {
        if (NeedsMongoAttribute.Server is { } address && LogStores.Built.TryGetValue(LogStores.MongoDb, out var make))
        {
            _server = new MongoServer(address);
            _store = make(new LogStoreOptions { Store = LogStores.MongoDb, MongoUri = _server.Uri }, null!, _clock);
        }

        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        (_store as IDisposable)?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [ContractFact]
    public async Task A_reader_of_what_is_new_waits_until_nothing_can_come_in_before_it()
    {
        var start = await Store.LastIdAsync(default);
        var now = _clock.GetUtcNow();
        await _server!.InsertAsync(now, [Event(0, "quick")]);
        (await Store.ReadAfterAsync(new LogFilter(), start, 10, default)).Records.Should().BeEmpty();

        await _server.InsertAsync(now.AddSeconds(-1), [Event(0, "held up")]);
        Settle();

        (await Store.ReadAfterAsync(new LogFilter(), start, 10, default)).Records.Select(record => record.Message).Should().Equal("held up", "quick");
    }

    [ContractFact]
    public async Task What_others_wrote_there_is_read_as_far_as_it_goes()
    {
        await _server!.InsertAsync(_clock.GetUtcNow(), ("message", 17), ("lineno", "many"), ("levelName", null), ("mtaccount", "demo1"));

        var record = (await Store.SearchAsync(new LogFilter(), null, 10, default)).Should().ContainSingle().Subject;

        (record.Message, record.LineNumber, record.LevelName, record.Account, record.Timestamp)
            .Should().Be(("17", null, "INFO", "demo1", _clock.GetUtcNow()), "the id says when it came");
    }

    [ContractTheory]
    [InlineData("mongodb://")]
    [InlineData("mongodb://127.0.0.1/maologs")]
    [InlineData("mongodb://user@host:port/maologs")]
    public void An_address_the_driver_cannot_read_is_a_fault_of_the_start_that_does_not_repeat_it(string uri)
    {
        var settings = new SettingsReader(name => name == "MONGODB_URI" ? uri : name == "MONGODB_PASSWORD" ? "topsecret" : null);

        LogOptions.Read(settings);

        settings.Errors.Should().ContainSingle().Which.Should().StartWith("MONGODB_URI: the driver cannot read it").And.NotContain("topsecret");
    }

    [ContractFact]
    public async Task An_archive_that_is_away_is_said_soon_and_as_what_it_is()
    {
        var away = LogStores.Built[LogStores.MongoDb](
            new LogStoreOptions { Store = LogStores.MongoDb, MongoUri = "mongodb://user@127.0.0.1:1/maologs", MongoPassword = "unused" }, null!, TimeProvider.System);

        var asking = () => away.LastIdAsync(default);

        (await asking.Should().ThrowAsync<LogStoreException>()).Which.Message.Should().Be("no server of the log archive answers");
        ((IDisposable)away).Dispose();
    }
}
