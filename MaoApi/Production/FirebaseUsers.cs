using System.Collections.Concurrent;
using FirebaseAdmin.Auth;
using MaoApi.Auth;

namespace MaoApi.Production;

/// <summary>What Firebase says of its users now. However many ask about one, one question is under way. Thread-safe.</summary>
internal sealed class FirebaseUsers(FirebaseAuth auth, FirebaseCalls calls)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<FirebaseStanding>>> _asked = new(StringComparer.Ordinal);

    /// <summary>How the user stands.</summary>
    /// <exception cref="IdentityUnavailableException">Firebase does not tell.</exception>
    public Task<FirebaseStanding> FindAsync(string userId, CancellationToken cancellationToken) =>
        _asked.GetOrAdd(userId, id => new Lazy<Task<FirebaseStanding>>(() => AskAsync(id))).Value.WaitAsync(cancellationToken);

    private async Task<FirebaseStanding> AskAsync(string userId)
    {
        try
        {
            // One of those who wait may go; the question stays for the others.
            var user = await calls.AskAsync(token => auth.GetUserAsync(userId, token), CancellationToken.None);
            return new FirebaseStanding(!user.Disabled, new DateTimeOffset(DateTime.SpecifyKind(user.TokensValidAfterTimestamp, DateTimeKind.Utc)));
        }
        catch (FirebaseAuthException unknown) when (unknown.AuthErrorCode == AuthErrorCode.UserNotFound)
        {
            return new FirebaseStanding(false, DateTimeOffset.MaxValue);
        }
        finally
        {
            _asked.TryRemove(userId, out _);
        }
    }
}

/// <summary>How a user of Firebase stands there.</summary>
/// <param name="IsActive">Whether they exist and are not disabled.</param>
/// <param name="TokensFrom">Log-ins from before count no longer.</param>
internal sealed record FirebaseStanding(bool IsActive, DateTimeOffset TokensFrom)
{
    /// <summary>
    /// Whether a log-in still counts. Its own time is asked for, not that of the token: a token that was renewed in the very second of the
    /// log-out belongs to the log-in that ended.
    /// </summary>
    public bool Allows(DateTimeOffset authenticatedAt) => IsActive && authenticatedAt >= TokensFrom;
}
