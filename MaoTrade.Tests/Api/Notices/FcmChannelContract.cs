using MaoApi.Notices;
using MaoApi.Notices.Channels;
using MaoApi.Notices.Channels.Fcm;
using MaoTrade.Tests.Api.Notices.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Notices;

/// <summary>What every way of sending by Firebase Cloud Messaging does.</summary>
public abstract class FcmChannelContract
{
    private const string Reset = """{"error":{"code":0,"message":"x","status":"S","details":[{"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"CODE"}]}}""";

    private static readonly NoticeMessage Message = new(
        "n1", 7, "order_error", "Order refused", "EURUSD: not enough margin", DateTimeOffset.UnixEpoch, true, new Dictionary<string, string> { ["accountId"] = "demo1", ["from"] = "kept out" });

    /// <summary>The channel under test.</summary>
    private protected abstract INoticeChannel Channel(FcmOptions options);

    [ContractFact]
    public async Task A_message_reaches_the_device_under_a_token_the_account_has_signed_for()
    {
        await using var google = await FcmServer.StartAsync();
        var channel = Channel(google.Options);

        var first = await channel.SendAsync(Message, "device-token", CancellationToken.None);
        await channel.SendAsync(Message, "device-token", CancellationToken.None);

        first.Should().Be(SendResult.Sent("projects/mao-test/messages/0:1"));
        google.TokensGiven.Should().Be(1, "a token is good for an hour");
        var sent = google.Messages[0];
        sent["token"]!.ToString().Should().Be("device-token");
        sent["notification"]!.ToJsonString().Should().Be("""{"title":"Order refused","body":"EURUSD: not enough margin"}""");
        sent["data"]!.ToJsonString().Should().Be("""{"accountId":"demo1","type":"order_error","noticeId":"n1"}""");
        sent["android"]!.ToJsonString().Should().Be("""{"priority":"high","ttl":"86400s"}""");
        sent["apns"]!["headers"]!.ToJsonString().Should().Be("""{"apns-priority":"10"}""");
        sent["webpush"]!["headers"]!.ToJsonString().Should().Be("""{"Urgency":"high","TTL":"86400"}""");
    }

    [ContractTheory]
    [InlineData(404, "Requested entity was not found.", "NOT_FOUND", "UNREGISTERED", null, "Gone")]
    [InlineData(400, "The registration token is not a valid FCM registration token", "INVALID_ARGUMENT", "INVALID_ARGUMENT", null, "Gone")]
    [InlineData(400, "Request contains an invalid argument.", "INVALID_ARGUMENT", "INVALID_ARGUMENT", "message.token", "Gone")]
    [InlineData(400, "Invalid value at 'message.data[0].value'", "INVALID_ARGUMENT", "INVALID_ARGUMENT", "message.data[0].value", "Refused")]
    [InlineData(400, "Request contains an invalid argument.", "INVALID_ARGUMENT", null, null, "Refused")]
    [InlineData(404, "Requested entity was not found.", "NOT_FOUND", null, null, "Gone")]
    [InlineData(404, "Project 'mao-test' not found.", "NOT_FOUND", null, null, "Refused")]
    [InlineData(403, "SenderId mismatch", "PERMISSION_DENIED", "SENDER_ID_MISMATCH", null, "Refused")]
    [InlineData(401, "Auth error from APNS or Web Push Service", "UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR", null, "Later")]
    [InlineData(429, "Quota exceeded", "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", null, "Later")]
    [InlineData(503, "The service is currently unavailable.", "UNAVAILABLE", "UNAVAILABLE", null, "Later")]
    [InlineData(500, "Internal error encountered.", "INTERNAL", "INTERNAL", null, "Later")]
    public async Task Only_what_FCM_says_of_this_very_token_costs_a_device_its_token(
        int status, string message, string canonical, string? code, string? field, string outcome)
    {
        await using var google = await FcmServer.StartAsync();
        var details = new List<string>();
        if (code is not null)
        {
            details.Add($$"""{"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"{{code}}"}""");
        }

        if (field is not null)
        {
            details.Add($$"""{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"{{field}}","description":"d"}]}""");
        }

        google.Judge = _ => new RecordedAnswer(
            status, $$$"""{"error":{"code":{{{status}}},"message":"{{{message}}}","status":"{{{canonical}}}","details":[{{{string.Join(',', details)}}}]}}""");

        var result = await Channel(google.Options).SendAsync(Message, "t", CancellationToken.None);

        result.Outcome.ToString().Should().Be(outcome);
        result.Error.Should().Contain(message);
        google.Sends.Should().ContainSingle("another attempt is the queue's to make");
    }

    [ContractTheory]
    [InlineData(404)]
    [InlineData(400)]
    public async Task A_page_of_some_proxy_costs_nobody_a_device(int status)
    {
        await using var google = await FcmServer.StartAsync();
        google.Judge = _ => new RecordedAnswer(status, "<!DOCTYPE html><title>not here</title>");

        (await Channel(google.Options).SendAsync(Message, "t", CancellationToken.None)).Outcome.Should().Be(SendOutcome.Refused);
    }

    [ContractTheory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("<!DOCTYPE html><title>captive portal</title>")]
    public async Task Without_a_receipt_nothing_was_sent(string answer)
    {
        await using var google = await FcmServer.StartAsync();
        google.Judge = _ => new RecordedAnswer(200, answer);

        (await Channel(google.Options).SendAsync(Message, "t", CancellationToken.None)).Outcome.Should().Be(SendOutcome.Refused);
    }

    [ContractFact]
    public async Task A_redirection_carries_the_message_nowhere()
    {
        await using var google = await FcmServer.StartAsync();
        google.Judge = _ => new RecordedAnswer(307, "") { Headers = new Dictionary<string, string> { ["Location"] = $"{google.Options.Url}elsewhere" } };

        (await Channel(google.Options).SendAsync(Message, "t", CancellationToken.None)).Outcome.Should().Be(SendOutcome.Refused);
        google.Sends.Should().ContainSingle();
    }

    [ContractFact]
    public async Task What_the_server_asks_to_be_waited_is_waited_and_a_minute_where_the_quota_says_nothing()
    {
        await using var google = await FcmServer.StartAsync();
        google.Judge = token => new RecordedAnswer(token == "503" ? 503 : 429, Reset)
        {
            Headers = token == "429" ? [] : new Dictionary<string, string> { ["Retry-After"] = "17" },
        };

        (await Channel(google.Options).SendAsync(Message, "503", CancellationToken.None)).RetryAfter.Should().Be(TimeSpan.FromSeconds(17));
        (await Channel(google.Options).SendAsync(Message, "429", CancellationToken.None)).RetryAfter.Should().Be(TimeSpan.FromSeconds(60));
    }

    [ContractFact]
    public async Task Where_Google_gives_no_token_or_is_not_there_the_message_waits()
    {
        await using var google = await FcmServer.StartAsync();
        await using var stranger = await FcmServer.StartAsync();
        var forged = google.Options with { Credentials = FcmCredentials.Parse(stranger.KeyFile.Replace(Port(stranger), Port(google), StringComparison.Ordinal)) };
        var absent = google.Options with { Url = new Uri("http://127.0.0.1:9") };

        var refused = await Channel(forged).SendAsync(Message, "t", CancellationToken.None);
        var silent = await Channel(absent).SendAsync(Message, "t", CancellationToken.None);

        refused.Outcome.Should().Be(SendOutcome.Later);
        refused.Error.Should().Contain("invalid_grant");
        silent.Outcome.Should().Be(SendOutcome.Later);
        google.Sends.Should().BeEmpty();
    }

    [ContractFact]
    public async Task A_message_longer_than_FCM_takes_is_sent_without_what_programs_were_to_get()
    {
        await using var google = await FcmServer.StartAsync();
        var body = new string('ä', 5000);
        var data = Enumerable.Range(0, 100).ToDictionary(number => $"k{number}", _ => new string('x', 50));

        var result = await Channel(google.Options).SendAsync(Message with { Body = body, Data = data }, "t", CancellationToken.None);

        result.Outcome.Should().Be(SendOutcome.Sent);
        System.Text.Encoding.UTF8.GetByteCount(google.Sends.Single().Body).Should().BeLessThanOrEqualTo(4096);
        google.Messages[0]["data"]!["type"]!.ToString().Should().Be("order_error");
    }

    private static string Port(FcmServer server) => $":{server.Options.Url.Port}/";
}
