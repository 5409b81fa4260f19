using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaoApi.Notices.Channels.Fcm;

namespace MaoTrade.Tests.Api.Notices.Support;

/// <summary>
/// Google's side as its documentation tells it: <c>/token</c> gives an access token for a JWT the service account's key has signed
/// (RFC 7523), <c>messages:send</c> wants that token and answers the name of the message.
/// </summary>
internal sealed class FcmServer : IAsyncDisposable
{
    public const string Project = "mao-test";
    private const string Email = "sender@mao-test.iam.gserviceaccount.com";

    /// <summary>Taken from FCM's own answers, as its reference shows them.</summary>
    public static readonly RecordedAnswer Unregistered = new(
        404,
        """{"error":{"code":404,"message":"Requested entity was not found.","status":"NOT_FOUND","details":[{"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"UNREGISTERED"}]}}""");

    private readonly RSA _key = RSA.Create(2048);
    private readonly RecordingServer _server;
    private int _sent;

    private FcmServer(RecordingServer server)
    {
        _server = server;
        server.Answer = AnswerAsGoogle;
    }

    /// <summary>What to answer to a device token; null = it is sent.</summary>
    public Func<string, RecordedAnswer?> Judge { get; set; } = _ => null;

    public string AccessToken { get; set; } = "ya29.first";

    public int TokensGiven { get; private set; }

    public IReadOnlyList<JsonNode> Messages => [.. Sends.Select(request => JsonNode.Parse(request.Body)!["message"]!)];

    public IEnumerable<RecordedRequest> Sends => _server.Requests.Where(request => request.Path == $"/v1/projects/{Project}/messages:send");

    public FcmOptions Options => new() { Credentials = FcmCredentials.Parse(KeyFile), Project = Project, Url = _server.Url };

    /// <summary>The file Google gives out for a service account.</summary>
    public string KeyFile => JsonSerializer.Serialize(new
    {
        type = "service_account",
        project_id = Project,
        private_key_id = "k1",
        private_key = _key.ExportPkcs8PrivateKeyPem(),
        client_email = Email,
        token_uri = $"{_server.Url}token",
    });

    public static async Task<FcmServer> StartAsync() => new(await RecordingServer.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _key.Dispose();
    }

    private RecordedAnswer AnswerAsGoogle(RecordedRequest request)
    {
        if (request.Path == "/token")
        {
            if (!IsSigned(request.Body))
            {
                return new RecordedAnswer(400, """{"error":"invalid_grant","error_description":"Invalid JWT Signature."}""");
            }

            TokensGiven++;
            return new RecordedAnswer(200, $$"""{"access_token":"{{AccessToken}}","expires_in":3599,"token_type":"Bearer"}""");
        }

        if (request.Headers.GetValueOrDefault("Authorization") != "Bearer " + AccessToken)
        {
            return new RecordedAnswer(401, """{"error":{"code":401,"message":"Request had invalid authentication credentials.","status":"UNAUTHENTICATED"}}""");
        }

        var token = (string)JsonNode.Parse(request.Body)!["message"]!["token"]!;
        return Judge(token) ?? new RecordedAnswer(200, $$"""{"name":"projects/{{Project}}/messages/0:{{Interlocked.Increment(ref _sent)}}"}""");
    }

    private bool IsSigned(string form)
    {
        var assertion = form.Split('&').Single(part => part.StartsWith("assertion=", StringComparison.Ordinal))["assertion=".Length..];
        var parts = Uri.UnescapeDataString(assertion).Split('.');
        return _key.VerifyData(
            System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), FromBase64Url(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static byte[] FromBase64Url(string text)
    {
        var plain = text.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(plain.PadRight(plain.Length + ((4 - (plain.Length % 4)) % 4), '='));
    }
}
