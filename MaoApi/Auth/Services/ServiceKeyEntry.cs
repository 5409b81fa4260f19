using MaoApi.Http;

namespace MaoApi.Auth.Services;

/// <summary>A key as read at most ten seconds ago, its secrets in plain.</summary>
internal sealed record ServiceKeyEntry(
    ServiceCaller Caller, bool IsActive, DateTimeOffset? Expires, bool IsAccountActive, byte[] Secret, byte[]? Previous, DateTimeOffset PreviousUntil)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"service key {Caller.KeyId}";

    /// <summary>Why the key opens nothing, or null.</summary>
    public ApiCode? Refusal(DateTimeOffset now) => this switch
    {
        { IsActive: false } => ApiCodes.Unauthenticated,
        { Expires: { } expires } when expires <= now => ApiCodes.Unauthenticated,
        { IsAccountActive: false } => ApiCodes.Inactive,
        _ => null,
    };
}
