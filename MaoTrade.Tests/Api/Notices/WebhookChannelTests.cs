using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MaoApi.Hosting;
using MaoApi.Notices;
using MaoApi.Notices.Channels;
using MaoApi.Notices.Channels.Webhook;
using MaoApi.Outbound;
using MaoTrade.Tests.Api.Notices.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Notices;

public sealed class WebhookChannelTests
{
    private static readonly NoticeMessage Message = new(
        "n1", 7, "restarted", "Engine restarted", "demo1", new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero), false, new Dictionary<string, string>());

    [Fact]
    public async Task A_receiver_can_prove_the_message_by_the_secret_its_user_was_shown()
    {
        await using var server = await RecordingServer.StartAsync(secure: true);
        using var channel = new TestChannel(server);

        (await channel.SendAsync(Message)).Outcome.Should().Be(SendOutcome.Sent);

        var request = server.Requests.Single();
        JsonNode.Parse(request.Body)!.ToJsonString().Should().Be(
            """{"id":"n1","type":"restarted","title":"Engine restarted","message":"demo1","at":"2026-01-05T08:00:00.000Z","urgent":false,"data":{}}""");
        request.Headers["mao-timestamp"].Should().Be("1767600000");
        request.Headers["mao-delivery"].Should().Be("n1");
        var expected = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(channel.Secrets.Of(7, channel.Url)), Encoding.UTF8.GetBytes("1767600000\n" + request.Body));
        request.Headers["mao-signature"].Should().Be(Convert.ToBase64String(expected));
    }

    [Fact]
    public void Every_user_and_every_address_has_a_secret_of_its_own_that_a_restart_keeps()
    {
        using var temp = new TemporaryFolder();
        string first;
        using (var folder = DataFolder.Open(temp.Path))
        {
            var secrets = new WebhookSecrets(new WebhookOptions(), folder);
            first = secrets.Of(1, "https://a.example/");
            new[] { first, secrets.Of(2, "https://a.example/"), secrets.Of(1, "https://b.example/") }.Should().OnlyHaveUniqueItems();
            File.GetUnixFileMode(Path.Combine(folder.Keys, "webhook.key")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var again = DataFolder.Open(temp.Path);
        new WebhookSecrets(new WebhookOptions(), again).Of(1, "https://a.example/").Should().Be(first);
    }

    [Theory]
    [InlineData(204, "Sent")]
    [InlineData(410, "Gone")]
    [InlineData(404, "Refused")]
    [InlineData(301, "Refused")]
    [InlineData(503, "Later")]
    [InlineData(429, "Later")]
    public async Task The_status_decides(int status, string outcome)
    {
        await using var server = await RecordingServer.StartAsync(secure: true);
        server.Answer = _ => new RecordedAnswer(status, "");
        using var channel = new TestChannel(server);

        (await channel.SendAsync(Message)).Outcome.ToString().Should().Be(outcome);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await RecordingServer.StartAsync(secure: true);
        await using var server = await RecordingServer.StartAsync(secure: true);
        server.Answer = _ => new RecordedAnswer(307, "") { Headers = new Dictionary<string, string> { ["Location"] = elsewhere.Url.ToString() } };
        using var channel = new TestChannel(server);

        (await channel.SendAsync(Message)).Outcome.Should().Be(SendOutcome.Refused);

        elsewhere.Requests.Should().BeEmpty();
    }

    /// <summary>A channel that is allowed to call the server, and trusts who signed its certificate.</summary>
    private sealed class TestChannel : IDisposable
    {
        private readonly TemporaryFolder _temp = new();
        private readonly DataFolder _folder;
        private readonly OutboundHttp _http;
        private readonly WebhookChannel _channel;

        public TestChannel(RecordingServer server)
        {
            Url = $"https://127.0.0.1:{server.Port}/hook";
            _folder = DataFolder.Open(_temp.Path);
            Secrets = new WebhookSecrets(new WebhookOptions(), _folder);
            var options = new OutboundOptions
            {
                Allowed = [new AllowedPlace(new IPNetwork(IPAddress.Loopback, 32), null, server.Port)],
                Authorities = [server.Authority!],
            };
            var clock = new FakeClock();
            var rules = new OutboundRules(options);
            _http = new OutboundHttp(options, rules, clock);
            _channel = new WebhookChannel(Secrets, rules, _http, clock);
        }

        public string Url { get; }

        public WebhookSecrets Secrets { get; }

        public Task<SendResult> SendAsync(NoticeMessage message) => _channel.SendAsync(message, Url, CancellationToken.None);

        public void Dispose()
        {
            _http.Dispose();
            _folder.Dispose();
            _temp.Dispose();
        }
    }
}
