using FirebaseAdmin.Auth;
using MaoApi.Auth;
using MaoApi.Auth.Firebase;
using MaoApi.Notices.Channels.Fcm;
using Microsoft.IdentityModel.JsonWebTokens;
using Newtonsoft.Json;

namespace MaoApi.Production;

/// <summary>
/// Verifies Firebase ID tokens with FirebaseAdmin and asks Firebase how their user stands: a disabled or deleted user is refused, and a log-in
/// that was revoked. The library allows clocks five minutes and asks for no time of log-in, so the claims are read by our own rules first.
/// </summary>
internal sealed class FirebaseAdminTokens : ITokenSource, IDisposable
{
    /// <summary>To look users up.</summary>
    private const string Scope = "https://www.googleapis.com/auth/identitytoolkit";

    private readonly FirebaseOptions _options;
    private readonly TimeProvider _time;
    private readonly FirebaseProject _project;
    private readonly FirebaseAuth _auth;
    private readonly FirebaseCalls _calls;
    private readonly FirebaseUsers _users;

    public FirebaseAdminTokens(FirebaseOptions options, FcmOptions account, TimeProvider time, ILogger<FirebaseCalls> logger)
    {
        _options = options;
        _time = time;
        _project = new FirebaseProject(
            options.Project!, options.IsEmulated ? null : account.Credentials, Scope, new FirebaseHttp(asked => PlaceOf(asked, options)));
        _auth = FirebaseAuth.GetAuth(_project.App);
        _calls = new FirebaseCalls(time, logger);
        _users = new FirebaseUsers(_auth, _calls);
        Issuer = FirebaseClaims.IssuerOf(options.Project!);
    }

    public string Issuer { get; }

    public async ValueTask<TokenProof?> VerifyAsync(JsonWebToken token, CancellationToken cancellationToken) =>
        FirebaseClaims.Read(token, _options.Project!, _time.GetUtcNow()) is { } proof
        && await IsVouchedForAsync(token, cancellationToken)
        && (await _users.FindAsync(proof.UserId, cancellationToken)).Allows(proof.AuthenticatedAt)
            ? proof
            : null;

    public void Dispose() => _project.Dispose();

    private static Uri PlaceOf(Uri asked, FirebaseOptions options) =>
        asked == FirebaseOptions.GoogleKeys ? options.Keys
        : asked.Host == FirebaseOptions.GoogleAccounts.Host ? new Uri(options.Accounts, asked.PathAndQuery.TrimStart('/'))
        : asked;

    private async Task<bool> IsVouchedForAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        if (_options.IsEmulated)
        {
            return EmulatedTokens.IsOne(token);
        }

        try
        {
            await _calls.AskAsync(ending => _auth.VerifyIdTokenAsync(token.EncodedToken, ending), cancellationToken);
            return true;
        }
        catch (Exception refused) when (refused is FirebaseAuthException or FormatException or JsonException)
        {
            return false;
        }
    }
}
