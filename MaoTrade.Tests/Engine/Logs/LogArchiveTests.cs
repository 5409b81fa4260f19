using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using MaoTrade.Engine.Logs;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Server.Services;
using MaoTrade.Protocol.Messages;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Logs;

public sealed class LogArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
    private readonly LogArchive _archive;

    public LogArchiveTests() => _archive = new LogArchive("demo", _folder.Path, _clock);

    public void Dispose()
    {
        _archive.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_day_is_one_entry_and_its_digest_is_that_of_the_bytes()
    {
        Write("2026-01-05", "line\n");
        Write("2026-01-06", "other\n");

        var (name, bytes, sha256) = await ZipAsync("2026-01-05");

        name.Should().Be("demo-2026-01-05.zip");
        sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Entries(bytes).Should().Equal(new Dictionary<string, string> { ["maotrade-2026-01-05.log"] = "line\n" });
    }

    [Fact]
    public async Task A_range_holds_the_days_that_have_a_log()
    {
        Write("2026-01-05", "a");
        Write("2026-01-07", "b");
        Write("2026-01-09", "c");

        var (name, bytes, _) = await ZipAsync("2026-01-05", "2026-01-08");

        name.Should().Be("demo-2026-01-05-2026-01-08.zip");
        Entries(bytes).Keys.Should().BeEquivalentTo("maotrade-2026-01-05.log", "maotrade-2026-01-07.log");
    }

    [Fact]
    public async Task A_file_that_is_being_written_is_taken_as_it_was()
    {
        await using var writer = new FileStream(
            _folder.File("maotrade-2026-01-05.log"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        await writer.WriteAsync("whole line\n"u8.ToArray());
        await writer.FlushAsync();

        var (_, bytes, _) = await ZipAsync("2026-01-05");

        Entries(bytes)["maotrade-2026-01-05.log"].Should().Be("whole line\n");
    }

    /// <summary>The day is long and empty, so that what is written meanwhile comes while its beginning is being read.</summary>
    [Fact]
    public async Task What_is_written_while_the_zip_is_made_belongs_to_the_next_one()
    {
        const long Size = 256L * 1024 * 1024;
        await using var writer = new FileStream(
            _folder.File("maotrade-2026-01-05.log"), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        writer.SetLength(Size);
        writer.Position = Size;
        using var done = new CancellationTokenSource();
        var writing = WriteOnAsync(writer, done.Token);

        await using var zip = (await _archive.ZipAsync(new DateOnly(2026, 1, 5), new DateOnly(2026, 1, 5), CancellationToken.None))!;
        await done.CancelAsync();
        var began = await writing;

        var bytes = Bytes(zip.Content);
        zip.Sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        using var read = new ZipArchive(new MemoryStream(bytes));
        read.Entries.Should().ContainSingle().Which.Length.Should().Be(Size, "lines came from {0} spooled bytes on", began);
    }

    [Theory]
    [InlineData("../2026-01-05")]
    [InlineData("..%2f2026-01-05")]
    [InlineData("2026-01-05/../../x")]
    [InlineData("2026-1-5")]
    [InlineData("2026-02-30")]
    [InlineData("*")]
    [InlineData("2026-01-05\\u0000")]
    [InlineData("")]
    public async Task A_date_is_a_date_and_nothing_else(string logDate)
    {
        Write("2026-01-05", "line");

        var reply = await AskAsync($$"""{"logDate":"{{logDate}}"}""");

        reply.Code.Should().Be(ReplyCode.Malformed);
        reply.Message.Should().StartWith("logDate: ");
    }

    [Theory]
    [InlineData("""{"logDate":"2026-01-05","logDateTo":"2026-01-04"}""", "logDateTo")]
    [InlineData("""{"logDate":"2026-01-05","logDateTo":"x"}""", "logDateTo")]
    [InlineData("""{"logDate":"2026-01-05","day":1}""", "day")]
    [InlineData("""{"logDate":5}""", "logDate")]
    [InlineData("""{"logDate":"2026-01-05","offset":-1}""", "offset")]
    [InlineData("""{"logDate":"2026-01-05","length":-1}""", "length")]
    [InlineData("""{"logDate":"2026-01-05","head":"yes"}""", "head")]
    public async Task A_malformed_request_names_its_field(string data, string field)
    {
        var reply = await AskAsync(data);

        reply.Code.Should().Be(ReplyCode.Malformed);
        reply.Message.Should().StartWith($"{field}: ");
    }

    [Fact]
    public async Task A_day_without_a_log_is_not_found() =>
        (await AskAsync("""{"logDate":"2026-01-05"}""")).Code.Should().Be(ReplyCode.NotFound);

    [Fact]
    public async Task A_link_is_not_followed()
    {
        await File.WriteAllTextAsync(_folder.File("secret"), "secret");
        File.CreateSymbolicLink(_folder.File("maotrade-2026-01-05.log"), _folder.File("secret"));

        (await AskAsync("""{"logDate":"2026-01-05"}""")).Code.Should().Be(ReplyCode.NotFound);
    }

    [Fact]
    public async Task Spool_files_are_gone_when_the_payload_is_and_leftovers_at_the_start()
    {
        Write("2026-01-05", "line");
        await File.WriteAllTextAsync(_folder.File(".spool-killed.zip"), "left by a killed engine");
        _archive.RemoveLeftovers();
        var reply = await AskAsync("""{"logDate":"2026-01-05"}""");
        Directory.GetFiles(_folder.Path, ".spool-*").Should().ContainSingle();

        await reply.Payload!.DisposeAsync();

        Directory.GetFiles(_folder.Path, ".spool-*").Should().BeEmpty();
    }

    [Fact]
    public async Task A_day_that_is_over_is_zipped_once_and_is_the_same_bytes_also_for_the_next_engine()
    {
        Write("2026-01-04", "line\n");

        var (_, first, sha256) = await ZipAsync("2026-01-04");
        _clock.Advance(TimeSpan.FromMinutes(1));
        using var next = new LogArchive("demo", _folder.Path, _clock);
        await using var again = (await next.ZipAsync(new DateOnly(2026, 1, 4), new DateOnly(2026, 1, 4), CancellationToken.None))!;

        again.Sha256.Should().Be(sha256);
        again.IsClosed.Should().BeTrue();
        Bytes(again.Content).Should().Equal(first);
        Directory.GetFiles(_folder.Path, ".*").Should().ContainSingle("one ZIP is kept and no spool file left");
    }

    [Fact]
    public async Task A_line_that_comes_late_makes_another_zip()
    {
        Write("2026-01-04", "line\n");
        var (_, _, before) = await ZipAsync("2026-01-04");

        Write("2026-01-04", "line\nlate\n");
        var (_, bytes, after) = await ZipAsync("2026-01-04");

        after.Should().NotBe(before).And.Be(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Entries(bytes)["maotrade-2026-01-04.log"].Should().Be("line\nlate\n");
    }

    [Fact]
    public async Task The_zips_kept_are_few()
    {
        var day = new DateOnly(2025, 12, 1);
        for (var i = 0; i < 20; i++)
        {
            Write($"{day.AddDays(i):yyyy-MM-dd}", "line");
            _clock.Advance(TimeSpan.FromSeconds(1));
            await ZipAsync($"{day.AddDays(i):yyyy-MM-dd}");
        }

        Directory.GetFiles(_folder.Path, ".kept-*").Should().HaveCount(16);
    }

    [Theory]
    [InlineData("2026-01-04", true)]
    [InlineData("2026-01-05", false)]
    public async Task The_head_tells_what_the_zip_is_and_whether_it_will_stay(string day, bool closed)
    {
        Write(day, "line\n");
        var (name, bytes, sha256) = await ZipAsync(day);

        var reply = await AskAsync($$"""{"logDate":"{{day}}","head":true}""");

        reply.Payload.Should().BeNull();
        Encoding.UTF8.GetString(reply.Data.Span).Should().Be(
            $$"""{"fileName":"{{name}}","contentType":"application/zip","size":{{bytes.Length}},"sha256":"{{sha256}}","closed":{{(closed ? "true" : "false")}}}""");
        Directory.GetFiles(_folder.Path, ".spool-*").Should().BeEmpty();
    }

    [Theory]
    [InlineData(0, 10, 10)]
    [InlineData(5, 7, 7)]
    [InlineData(100, 1_000_000, -1)]
    [InlineData(1_000_000, 5, 0)]
    public async Task A_part_is_the_bytes_asked_for_as_far_as_there_are_any(int offset, int length, int expected)
    {
        Write("2026-01-04", string.Join('\n', Enumerable.Range(0, 500).Select(i => $"line {i * 7919}")));
        var (_, whole, sha256) = await ZipAsync("2026-01-04");

        var reply = await AskAsync($$"""{"logDate":"2026-01-04","offset":{{offset}},"length":{{length}}}""");

        await using var payload = reply.Payload!;
        payload.SizeBytes.Should().Be(expected < 0 ? whole.Length - offset : expected);
        payload.Sha256.Should().Be(sha256, "it is that of the whole");
        Bytes(payload.Content).Take((int)payload.SizeBytes).Should().Equal(whole.Skip(offset).Take(length));
    }

    /// <summary>Writes a line now and then, from when the ZIP has begun until it is done; how much of it was there at the first.</summary>
    private async Task<long> WriteOnAsync(FileStream writer, CancellationToken done)
    {
        var spooled = 0L;
        while (!done.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
            spooled = spooled > 0 ? spooled : new DirectoryInfo(_folder.Path).EnumerateFiles(".spool-*").Sum(file => file.Length);
            if (spooled > 0)
            {
                await writer.WriteAsync("a line of a busy engine\n"u8.ToArray(), CancellationToken.None);
            }
        }

        return spooled;
    }

    private static byte[] Bytes(Stream content)
    {
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private void Write(string day, string text) => File.WriteAllText(_folder.File($"maotrade-{day}.log"), text);

    private async Task<(string Name, byte[] Bytes, string Sha256)> ZipAsync(string from, string? to = null)
    {
        var reply = await AskAsync(to is null ? $$"""{"logDate":"{{from}}"}""" : $$"""{"logDate":"{{from}}","logDateTo":"{{to}}"}""");
        reply.Code.Should().Be(0, reply.Message);
        await using var payload = reply.Payload!;
        var bytes = new MemoryStream();
        await payload.Content.CopyToAsync(bytes);
        bytes.Length.Should().Be(payload.SizeBytes);
        return (payload.FileName, bytes.ToArray(), payload.Sha256);
    }

    private async Task<ServiceReply> AskAsync(string data) => await new LogService(_archive).HandleAsync(
        new ServiceRequest(Encoding.UTF8.GetBytes(data), true, null, long.MaxValue), CancellationToken.None);

    private static Dictionary<string, string> Entries(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        });
    }
}
