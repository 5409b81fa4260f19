using System.Net.Http.Headers;
using System.Text;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Features;

public sealed class LogDownloadTests
{
    private static readonly byte[] Zip = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];

    [Theory]
    [InlineData("/clientmt/log", "owner")]
    [InlineData("/admin/logmt", "admin")]
    public async Task The_zip_arrives_whole_with_its_length_name_and_digest(string path, string user)
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Zip(Zip, Zip.Length, "abc123");

        using var response = await DownloadAsync(gateway, path, user);

        ((int)response.StatusCode).Should().Be(200);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/zip");
        response.Content.Headers.ContentLength.Should().Be(Zip.Length);
        response.Content.Headers.ContentDisposition!.FileName.Should().Be("one-2026-11-21.zip");
        response.Headers.ETag!.Tag.Should().Be("\"abc123\"");
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(Zip);
        var request = await gateway.Engine.NextRequestAsync();
        (request["service"]!.GetValue<int>(), request["data"]!.ToJsonString()).Should().Be((1, """{"logDate":"2026-11-21"}"""));
    }

    [Fact]
    public async Task A_zip_that_ends_early_never_looks_complete()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Zip(Zip, Zip.Length + 1, "abc123");

        var reading = async () =>
        {
            using var response = await DownloadAsync(gateway, "/clientmt/log", "owner");
            await response.Content.ReadAsByteArrayAsync();
        };

        await reading.Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task A_day_without_a_log_is_an_envelope()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Refused(404, "no log of 2026-11-21");

        var reply = await gateway.PostAsync("/clientmt/log", """{"logDate":"2026-11-21"}""");

        (reply.Status, reply.Code).Should().Be((404, 20));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("2026-13-01")]
    [InlineData("2026-11-21\\u0000")]
    [InlineData("21.11.2026")]
    public async Task Only_a_date_is_a_date(string date)
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync("/clientmt/log", $$"""{"logDate":"{{date}}"}""");

        (reply.Status, reply.Code, gateway.Engine.Received).Should().Be((422, 30, 0));
    }

    private static Task<HttpResponseMessage> DownloadAsync(Gateway gateway, string path, string user)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent("""{"accountId":"one","logDate":"2026-11-21"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", gateway.TokenOf(user));
        return gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
