using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Features;

/// <summary>Parts of a log ZIP, from an engine that gives them.</summary>
public sealed class LogRangeTests : IAsyncLifetime
{
    private static readonly byte[] Zip = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31))];
    private static readonly string Digest = Convert.ToHexStringLower(SHA256.HashData(Zip));

    private Gateway _gateway = null!;
    private bool _closed = true;

    public async Task InitializeAsync()
    {
        _gateway = await Gateway.StartAsync();
        _gateway.Engine.Answer = Answer;
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("bytes=0-99", 0, 100)]
    [InlineData("bytes=150000-", 150_000, 50_000)]
    [InlineData("bytes=-10", 199_990, 10)]
    [InlineData("bytes=199999-300000", 199_999, 1)]
    [InlineData("bytes=-300000", 0, 200_000)]
    public async Task A_part_comes_as_206_with_its_place_in_the_whole(string range, int offset, int length)
    {
        using var response = await DownloadAsync(("Range", range));

        ((int)response.StatusCode).Should().Be(206);
        response.Content.Headers.ContentRange!.ToString().Should().Be($"bytes {offset}-{offset + length - 1}/200000");
        response.Content.Headers.ContentLength.Should().Be(length);
        response.Headers.ETag!.Tag.Should().Be($"\"{Digest}\"");
        response.Headers.AcceptRanges.Should().Equal("bytes");
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(Zip.AsSpan(offset, length).ToArray());
    }

    [Theory]
    [InlineData("bytes=200000-")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=9-5")]
    [InlineData("bites")]
    [InlineData("bytes=x-")]
    public async Task A_part_there_is_not_is_a_416_that_tells_the_size(string range)
    {
        using var response = await DownloadAsync(("Range", range));

        ((int)response.StatusCode).Should().Be(416);
        response.Content.Headers.ContentRange!.ToString().Should().Be("bytes */200000");
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((int)body["code"]!).Should().Be(36);
    }

    [Fact]
    public async Task Several_parts_at_once_are_the_whole()
    {
        using var response = await DownloadAsync(("Range", "bytes=0-1,5-6"));

        await ShouldBeWholeAsync(response);
    }

    [Fact]
    public async Task The_part_of_a_zip_that_has_changed_is_the_whole_new_one()
    {
        using var other = await DownloadAsync(("Range", "bytes=5-"), ("If-Range", "\"another\""));
        await ShouldBeWholeAsync(other);

        using var weak = await DownloadAsync(("Range", "bytes=5-"), ("If-Range", $"W/\"{Digest}\""));
        await ShouldBeWholeAsync(weak);

        using var date = await DownloadAsync(("Range", "bytes=5-"), ("If-Range", "Sat, 21 Nov 2026 00:00:00 GMT"));
        await ShouldBeWholeAsync(date);

        using var same = await DownloadAsync(("Range", "bytes=199990-"), ("If-Range", $"\"{Digest}\""));
        ((int)same.StatusCode).Should().Be(206);
    }

    [Fact]
    public async Task Of_a_day_that_runs_there_are_no_parts()
    {
        _closed = false;

        using var response = await DownloadAsync(("Range", "bytes=0-99"));

        await ShouldBeWholeAsync(response);
    }

    [Theory]
    [InlineData("\"{0}\"", true)]
    [InlineData("\"x\", W/\"{0}\"", true)]
    [InlineData("*", true)]
    [InlineData("\"x\"", false)]
    public async Task What_the_caller_has_is_not_sent_again(string known, bool unchanged)
    {
        using var response = await DownloadAsync(("If-None-Match", known.Replace("{0}", Digest, StringComparison.Ordinal)));

        if (unchanged)
        {
            ((int)response.StatusCode).Should().Be(304);
            response.Headers.ETag!.Tag.Should().Be($"\"{Digest}\"");
            (await response.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        }
        else
        {
            await ShouldBeWholeAsync(response);
        }
    }

    [Fact]
    public async Task A_line_that_comes_between_the_two_questions_gives_the_whole_new_zip()
    {
        var asked = 0;
        _gateway.Engine.Answer = request => Interlocked.Increment(ref asked) == 1
            ? FakeReply.Done($$"""{"fileName":"a.zip","contentType":"application/zip","size":300000,"sha256":"before","closed":true}""")
            : Answer(request);

        using var response = await DownloadAsync(("Range", "bytes=10-20"));

        await ShouldBeWholeAsync(response);
    }

    [Fact]
    public async Task An_engine_that_gives_no_parts_gives_the_whole()
    {
        _gateway.Engine.Answer = request => request["data"]!["head"] is null ? Answer(request) : FakeReply.Refused(400, "head: unknown member");

        using var response = await DownloadAsync(("Range", "bytes=10-20"), ("If-None-Match", $"\"{Digest}\""));

        await ShouldBeWholeAsync(response);
    }

    [Fact]
    public async Task A_day_without_a_log_has_no_parts_either()
    {
        _gateway.Engine.Answer = _ => FakeReply.Refused(404, "no log");

        using var response = await DownloadAsync(("Range", "bytes=10-20"));

        ((int)response.StatusCode).Should().Be(404);
    }

    private static async Task ShouldBeWholeAsync(HttpResponseMessage response)
    {
        ((int)response.StatusCode).Should().Be(200);
        response.Content.Headers.ContentRange.Should().BeNull();
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(Zip);
    }

    private FakeReply Answer(JsonObject request)
    {
        var data = request["data"]!;
        if (data["head"] is not null)
        {
            return FakeReply.Done(
                $$"""{"fileName":"a.zip","contentType":"application/zip","size":{{Zip.Length}},"sha256":"{{Digest}}","closed":{{(_closed ? "true" : "false")}}}""");
        }

        var offset = (int?)data["offset"] ?? 0;
        var part = Zip.AsSpan(offset, (int?)data["length"] ?? (Zip.Length - offset)).ToArray();
        return FakeReply.Zip(part, part.Length, Digest);
    }

    private async Task<HttpResponseMessage> DownloadAsync(params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/clientmt/log")
        {
            Content = new StringContent("""{"logDate":"2026-11-20"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _gateway.TokenOf("owner"));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).Should().BeTrue();
        }

        return await _gateway.Http.SendAsync(request);
    }
}
