using MaoApi.Logs;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Logs;

public sealed class FollowedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();
    private readonly Store _store = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_is_emptied_for_growing_too_large_loses_none_of_its_lines()
    {
        var path = _folder.File("stdout.jsonl");
        await File.WriteAllTextAsync(path, Lines(0, 10));
        var followed = Follow();
        await ReadAllAsync(followed);
        await File.AppendAllTextAsync(path, Lines(10, 5));

        File.Copy(path, path + ".1");
        await File.WriteAllTextAsync(path, Lines(15, 3));
        await ReadAllAsync(followed);

        _store.Messages.Should().Equal(Enumerable.Range(0, 18).Select(n => $"{n}"));
    }

    [Fact]
    public async Task It_goes_on_where_another_process_ended_even_between_the_two_files()
    {
        var path = _folder.File("stdout.jsonl");
        await File.WriteAllTextAsync(path, Lines(0, 10));
        await ReadAllAsync(Follow());
        await File.AppendAllTextAsync(path, Lines(10, 5));
        File.Copy(path, path + ".1");
        await File.WriteAllTextAsync(path, Lines(15, 3));

        await ReadAllAsync(Follow());

        _store.Messages.Should().Equal(Enumerable.Range(0, 18).Select(n => $"{n}"));
    }

    [Fact]
    public async Task What_lies_beside_it_in_half_a_line_does_not_hold_up_what_is_new()
    {
        var path = _folder.File("stdout.jsonl");
        await File.WriteAllTextAsync(path, Lines(0, 10));
        var followed = Follow();
        await ReadAllAsync(followed);
        await File.AppendAllTextAsync(path, "half a li");

        File.Copy(path, path + ".1");
        await File.WriteAllTextAsync(path, Lines(10, 3));
        await ReadAllAsync(followed);

        _store.Messages.Should().Equal(Enumerable.Range(0, 13).Select(n => $"{n}"));
    }

    private static string Lines(int first, int count) => string.Concat(Enumerable.Range(first, count).Select(
        n => $$"""{"app":"maotrade","levelName":"INFO","message":"{{n}}","timestamp":"2026-01-05T08:00:00.000Z"}""" + "\n"));

    private FollowedFile Follow() => new(
        _folder.File("stdout.jsonl"), "demo1/stdout.jsonl", new LogFileReader(new OutputLogLines("demo1", "host1", _clock)), _store, _clock);

    private async Task ReadAllAsync(FollowedFile followed)
    {
        for (var i = 0; i < 10; i++)
        {
            await followed.ReadOnAsync(default);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private sealed class Store : ILogWriter
    {
        private LogPosition? _position;

        public List<string> Messages { get; } = [];

        public Task AppendAsync(LogBatch batch, CancellationToken cancellationToken)
        {
            Messages.AddRange(batch.Records.Select(record => record.Message));
            _position = batch.Position;
            return Task.CompletedTask;
        }

        public Task<LogPosition?> PositionAsync(string file, CancellationToken cancellationToken) => Task.FromResult(_position);
    }
}
