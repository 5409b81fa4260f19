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
    private readonly LogArchive _archive;

    public LogArchiveTests() => _archive = new LogArchive("demo", _folder.Path);

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
