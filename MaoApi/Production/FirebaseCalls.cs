using FirebaseAdmin.Auth;
using Google.Apis.Auth.OAuth2.Responses;
using MaoApi.Auth;
using Newtonsoft.Json;

namespace MaoApi.Production;

/// <summary>
/// Questions to Google that a request waits for: five seconds at most, and for five more nobody asks after one that was not answered, so that
/// requests do not queue up before a Google that is away. Thread-safe.
/// </summary>
internal sealed partial class FirebaseCalls(TimeProvider time, ILogger<FirebaseCalls> logger)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long? _failedAt;

    /// <summary>Asks. What the library says of a token or a user comes through as it threw it.</summary>
    /// <exception cref="IdentityUnavailableException">There is no answer, or one that says nothing.</exception>
    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> question, CancellationToken cancellationToken)
    {
        if (IsPaused())
        {
            throw new IdentityUnavailableException("Firebase did not answer a moment ago");
        }

        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await question(either.Token).WaitAsync(either.Token);
        }
        catch (Exception fault) when (!IsVerdict(fault) && !cancellationToken.IsCancellationRequested)
        {
            // Whatever else the library throws: nobody has said anything about the token.
            var reason = deadline.IsCancellationRequested ? $"no answer within {Patience.TotalSeconds} s" : fault.Message;
            BeginPause(fault);
            NotAnswered(logger, reason);
            throw new IdentityUnavailableException(reason, fault);
        }
    }

    /// <summary>Whether the library has read the token, or asked about the user, and says no.</summary>
    private static bool IsVerdict(Exception fault) => fault is FormatException or JsonException or FirebaseAuthException
    {
        AuthErrorCode: AuthErrorCode.InvalidIdToken or AuthErrorCode.ExpiredIdToken or AuthErrorCode.UserNotFound,
    };

    private bool IsPaused()
    {
        lock (_lock)
        {
            return _failedAt is { } failed && time.GetElapsedTime(failed) < Pause;
        }
    }

    /// <summary>Only what came of the call itself: no token a stranger makes up may keep everybody else waiting.</summary>
    private void BeginPause(Exception fault)
    {
        if (fault is FirebaseAuthException or HttpRequestException or TokenResponseException or OperationCanceledException)
        {
            lock (_lock)
            {
                _failedAt = time.GetTimestamp();
            }
        }
    }

    [LoggerMessage(3141, LogLevel.Warning, "Firebase could not be asked about a token: {Reason}")]
    private static partial void NotAnswered(ILogger logger, string reason);
}
