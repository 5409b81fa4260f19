using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace MaoApi.Notices.Channels.Fcm;

/// <summary>Access tokens of the service account; Google's library signs for them and renews them before they end. Thread-safe.</summary>
internal sealed class FcmTokens(FcmOptions options)
{
    /// <summary>What the service account asks to be allowed: to send, and nothing else.</summary>
    public const string Scope = "https://www.googleapis.com/auth/firebase.messaging";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly Lazy<ServiceAccountCredential> _account = new(() => options.Credentials!.ToAccount(Scope));

    /// <summary>The token to send with.</summary>
    /// <exception cref="HttpRequestException">None was given out.</exception>
    /// <exception cref="TimeoutException">Nobody answered in time.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _account.Value.GetAccessTokenForRequestAsync(null, cancellationToken).WaitAsync(Deadline, cancellationToken);
        }
        catch (TokenResponseException refused)
        {
            throw new HttpRequestException($"Google gave out no access token: {refused.Error?.Error ?? refused.Message}", refused);
        }
    }
}
