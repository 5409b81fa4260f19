namespace MaoApi.Notices.Channels;

/// <summary>What one attempt came to.</summary>
/// <param name="Outcome">What follows from it.</param>
/// <param name="MessageId">The receipt, where it was sent.</param>
/// <param name="Error">Why not, for people; holds no secret.</param>
/// <param name="RetryAfter">What the server asks to be waited.</param>
internal sealed record SendResult(SendOutcome Outcome, string? MessageId = null, string? Error = null, TimeSpan? RetryAfter = null)
{
    public static SendResult Sent(string? messageId) => new(SendOutcome.Sent, messageId);

    public static SendResult Later(string error, TimeSpan? retryAfter = null) => new(SendOutcome.Later, null, error, retryAfter);

    public static SendResult Refused(string error) => new(SendOutcome.Refused, null, error);

    public static SendResult Gone(string error) => new(SendOutcome.Gone, null, error);
}

internal enum SendOutcome
{
    /// <summary>The server has taken it.</summary>
    Sent,

    /// <summary>It may work another time.</summary>
    Later,

    /// <summary>It will never work, for reasons of the message or of the installation.</summary>
    Refused,

    /// <summary>The target is no more; it is forgotten.</summary>
    Gone,
}
