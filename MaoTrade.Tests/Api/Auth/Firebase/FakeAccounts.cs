using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaoApi.Notices.Channels.Fcm;
using MaoTrade.Tests.Api.Notices.Support;

namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>
/// Google's side of questions about users: <c>/token</c> gives the service account an access token, <c>accounts:lookup</c> wants it and answers
/// as https://cloud.google.com/identity-platform/docs/reference/rest/v1/projects.accounts/lookup says. Whoever is asked about exists.
/// </summary>
internal sealed class FakeAccounts : IAsyncDisposable
{
    private const string AccessToken = "ya29.accounts";

    private readonly RSA _key = RSA.Create(2048);
    private readonly RecordingServer _server;

    private FakeAccounts(RecordingServer server)
    {
        _server = server;
        server.Answer = Answer;
    }

    /// <summary>Log-ins from before were revoked.</summary>
    public DateTimeOffset ValidSince { get; set; } = DateTimeOffset.UnixEpoch;

    public bool IsDisabled { get; set; }

    /// <summary>Nobody exists any more.</summary>
    public bool IsEmpty { get; set; }

    /// <summary>What to answer to the account that asks for an access token, in its place.</summary>
    public RecordedAnswer? InsteadOfToken { get; set; }

    /// <summary>What to answer to a question about a user, in its place.</summary>
    public RecordedAnswer? Instead { get; set; }

    /// <summary>How often users were asked about.</summary>
    public int Lookups => _server.Requests.Count(IsLookup);

    public Uri Url => _server.Url;

    /// <summary>The service account that may ask.</summary>
    public FcmOptions Account => new()
    {
        Project = FakeGoogle.Project,
        Credentials = FcmCredentials.Parse(JsonSerializer.Serialize(new
        {
            project_id = FakeGoogle.Project,
            private_key_id = "k1",
            private_key = _key.ExportPkcs8PrivateKeyPem(),
            client_email = "reader@demo-mao.iam.gserviceaccount.com",
            token_uri = $"{_server.Url}token",
        })),
    };

    public static async Task<FakeAccounts> StartAsync() => new(await RecordingServer.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _key.Dispose();
    }

    private static bool IsLookup(RecordedRequest request) => request.Path == $"/v1/projects/{FakeGoogle.Project}/accounts:lookup";

    private RecordedAnswer Answer(RecordedRequest request)
    {
        if (request.Path == "/token")
        {
            return InsteadOfToken ?? new RecordedAnswer(200, $$"""{"access_token":"{{AccessToken}}","expires_in":3599,"token_type":"Bearer"}""");
        }

        if (!IsLookup(request) || request.Headers.GetValueOrDefault("Authorization") != "Bearer " + AccessToken)
        {
            return new RecordedAnswer(401, """{"error":{"code":401,"message":"UNAUTHENTICATED","status":"UNAUTHENTICATED"}}""");
        }

        return Instead ?? new RecordedAnswer(200, IsEmpty ? """{"kind":"identitytoolkit#GetAccountInfoResponse"}""" : JsonSerializer.Serialize(new
        {
            kind = "identitytoolkit#GetAccountInfoResponse",
            users = new[]
            {
                new
                {
                    localId = JsonNode.Parse(request.Body)!["localId"]![0]!.ToString(),
                    disabled = IsDisabled,
                    validSince = $"{ValidSince.ToUnixTimeSeconds()}",
                },
            },
        }));
    }
}
