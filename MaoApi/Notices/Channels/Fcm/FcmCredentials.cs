using System.Security.Cryptography;
using System.Text.Json;
using Google.Apis.Auth.OAuth2;

namespace MaoApi.Notices.Channels.Fcm;

/// <summary>A service account: who asks Google for access tokens, and by which key.</summary>
internal sealed class FcmCredentials
{
    private FcmCredentials(string project, string email, string keyId, string privateKey, string tokenUrl) =>
        (Project, Email, KeyId, PrivateKey, TokenUrl) = (project, email, keyId, privateKey, tokenUrl);

    public string Project { get; }

    public string Email { get; }

    public string KeyId { get; }

    /// <summary>PKCS #8, PEM.</summary>
    public string PrivateKey { get; }

    /// <summary>Where tokens are given out.</summary>
    public string TokenUrl { get; }

    /// <summary>Reads the file Google gives out.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    /// <exception cref="ArgumentException">The key is not one.</exception>
    public static FcmCredentials Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        string Member(string name) => document.RootElement.GetProperty(name).GetString() ?? throw new KeyNotFoundException(name);

        var credentials = new FcmCredentials(
            Member("project_id"), Member("client_email"), Member("private_key_id"), Member("private_key"), new Uri(Member("token_uri")).ToString());
        using var key = RSA.Create();
        key.ImportFromPem(credentials.PrivateKey);
        return credentials;
    }

    /// <summary>The account as Google's library signs with it.</summary>
    /// <param name="scope">What its access tokens are to be good for.</param>
    public ServiceAccountCredential ToAccount(string scope) => new(
        new ServiceAccountCredential.Initializer(Email, TokenUrl) { Scopes = [scope], KeyId = KeyId }.FromPrivateKey(PrivateKey));

    /// <summary>Shows no secret.</summary>
    public override string ToString() => Email;
}
