using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Commands;

/// <summary>Downloads of logs that break off, against an engine that gives parts.</summary>
public sealed class LogsGetTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Zip = [.. Enumerable.Range(0, 400_000).Select(i => (byte)(i * 31))];
    private static readonly string Digest = Convert.ToHexStringLower(SHA256.HashData(Zip));

    private readonly TemporaryFolder _folder = new();
    private readonly List<int> _offsets = [];
    private Gateway _gateway = null!;
    private string _digest = Digest;
    private int _breaks;

    private string Target => _folder.File("log.zip");

    public async Task InitializeAsync()
    {
        _gateway = await Gateway.StartAsync();
        _gateway.Engine.Answer = Answer;
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_log_arrives_whole_and_its_size_and_digest_are_told()
    {
        var run = await GetAsync();

        run.Should().Be(new MaoRun(
            0, $$"""{"file":"{{Target}}","size":400000,"sha256":"{{Digest}}"}""" + Environment.NewLine, ""));
        ShouldBeWhole();
    }

    [Fact]
    public async Task A_download_that_breaks_off_goes_on_where_it_ended()
    {
        _breaks = 2;

        var run = await GetAsync();

        run.ExitCode.Should().Be(0, run.Error);
        ShouldBeWhole();
        _offsets.Should().HaveCount(3).And.BeInAscendingOrder();
        _offsets[1].Should().BePositive("what has come is not asked for again");
    }

    [Fact]
    public async Task What_an_earlier_run_left_is_gone_on_with()
    {
        _breaks = 100;
        (await GetAsync()).ExitCode.Should().Be(3);
        File.Exists(Target).Should().BeFalse("a part is not the log");
        var left = new FileInfo(Target + ".part").Length;
        left.Should().BePositive();
        _breaks = 0;
        _offsets.Clear();

        (await GetAsync()).ExitCode.Should().Be(0);

        _offsets.Should().Equal((int)left);
        ShouldBeWhole();
    }

    [Fact]
    public async Task Everything_that_came_before_is_only_checked()
    {
        await File.WriteAllBytesAsync(Target + ".part", Zip);
        await File.WriteAllTextAsync(Target + ".part.sha256", Digest);

        (await GetAsync()).ExitCode.Should().Be(0);

        _offsets.Should().BeEmpty();
        ShouldBeWhole();
    }

    [Fact]
    public async Task A_part_of_another_log_is_thrown_away()
    {
        await File.WriteAllBytesAsync(Target + ".part", [1, 2, 3]);
        await File.WriteAllTextAsync(Target + ".part.sha256", "of another");

        (await GetAsync()).ExitCode.Should().Be(0);

        ShouldBeWhole();
    }

    [Fact]
    public async Task A_damaged_part_is_found_by_the_digest_and_nothing_of_it_stays()
    {
        await File.WriteAllBytesAsync(Target + ".part", [1, 2, 3]);
        await File.WriteAllTextAsync(Target + ".part.sha256", Digest);

        var run = await GetAsync();

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain(Digest);
        Directory.GetFiles(_folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task Bytes_that_are_not_what_was_promised_are_no_log()
    {
        _digest = "0000";

        (await GetAsync()).ExitCode.Should().Be(1);

        Directory.GetFiles(_folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task A_day_without_a_log_is_a_1_and_leaves_no_file()
    {
        _gateway.Engine.Answer = _ => FakeReply.Refused(404, "no log of 2026-11-20");

        var run = await GetAsync();

        run.ExitCode.Should().Be(1);
        run.Error.Should().StartWith("refused: no log of 2026-11-20 (HTTP 404, code 20)");
        Directory.GetFiles(_folder.Path).Should().BeEmpty();
    }

    private void ShouldBeWhole()
    {
        File.ReadAllBytes(Target).Should().Equal(Zip);
        Directory.GetFiles(_folder.Path).Should().Equal(Target);
    }

    private Task<MaoRun> GetAsync() =>
        _gateway.AsAsync("owner", "logs", "get", "--account", "one", "--day", "2026-11-20", "--output", Target, "--json");

    private FakeReply Answer(JsonObject request)
    {
        var data = request["data"]!;
        if (data["head"] is not null)
        {
            return FakeReply.Done($$"""{"fileName":"a.zip","contentType":"application/zip","size":{{Zip.Length}},"sha256":"{{_digest}}","closed":true}""");
        }

        var offset = (int?)data["offset"] ?? 0;
        _offsets.Add(offset);
        var part = Zip.AsSpan(offset, (int?)data["length"] ?? (Zip.Length - offset)).ToArray();
        return FakeReply.Zip(_breaks-- > 0 ? part[..(part.Length / 3)] : part, part.Length, _digest);
    }
}
