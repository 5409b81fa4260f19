using System.Text.Json.Nodes;
using MaoApi.Notices;
using MaoApi.Notices.Channels;
using MaoApi.Notices.Channels.Telegram;
using MaoApi.Outbound;
using MaoTrade.Tests.Api.Notices.Support;

namespace MaoTrade.Tests.Api.Notices;

/// <summary>Answers are those of https://core.telegram.org/bots/api#making-requests.</summary>
public sealed class TelegramChannelTests
{
    private static readonly NoticeMessage Message = new(
        "n1", 7, "push", "Bought <b>EURUSD</b>", "at 1.08_5", DateTimeOffset.UnixEpoch, false, new Dictionary<string, string>());

    [Fact]
    public async Task A_chat_gets_the_text_as_it_is()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Answer = _ => new RecordedAnswer(200, """{"ok":true,"result":{"message_id":4711,"date":1}}""");

        var result = await Channel(server).SendAsync(Message, "-100123", CancellationToken.None);

        result.Should().Be(SendResult.Sent("4711"));
        var request = server.Requests.Single();
        request.Path.Should().Be("/bot123:secret/sendMessage");
        var body = JsonNode.Parse(request.Body)!;
        body["chat_id"]!.ToString().Should().Be("-100123");
        body["text"]!.ToString().Should().Be("Bought <b>EURUSD</b>\nat 1.08_5");
        body["parse_mode"].Should().BeNull();
        ((bool)body["disable_notification"]!).Should().BeTrue();
    }

    [Theory]
    [InlineData(429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 34","parameters":{"retry_after":34}}""", "Later", 34)]
    [InlineData(403, """{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}""", "Gone", null)]
    [InlineData(400, """{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}""", "Gone", null)]
    [InlineData(400, """{"ok":false,"error_code":400,"description":"Bad Request: message text is empty"}""", "Refused", null)]
    [InlineData(401, """{"ok":false,"error_code":401,"description":"Unauthorized"}""", "Refused", null)]
    [InlineData(502, "<html>", "Later", null)]
    public async Task A_failure_is_what_the_bot_interface_says_it_is(int status, string body, string outcome, int? waitSeconds)
    {
        await using var server = await RecordingServer.StartAsync();
        server.Answer = _ => new RecordedAnswer(status, body);

        var result = await Channel(server).SendAsync(Message, "1", CancellationToken.None);

        (result.Outcome.ToString(), result.RetryAfter?.TotalSeconds).Should().Be((outcome, waitSeconds));
        result.Error.Should().NotContain("secret");
    }

    [Fact]
    public async Task The_token_never_goes_where_a_redirect_points()
    {
        await using var elsewhere = await RecordingServer.StartAsync();
        await using var server = await RecordingServer.StartAsync();
        server.Answer = _ => new RecordedAnswer(307, "") { Headers = new Dictionary<string, string> { ["Location"] = elsewhere.Url.ToString() } };

        var result = await Channel(server).SendAsync(Message, "1", CancellationToken.None);

        result.Outcome.Should().Be(SendOutcome.Refused);
        elsewhere.Requests.Should().BeEmpty();
    }

    private static TelegramChannel Channel(RecordingServer server) =>
        new(new TelegramOptions { BotToken = "123:secret", Url = server.Url }, new ProviderHttp(TimeProvider.System));
}
