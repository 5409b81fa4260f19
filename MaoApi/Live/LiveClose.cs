using MaoApi.Http;

namespace MaoApi.Live;

/// <summary>Why a live connection ends: the close code of a WebSocket and its reason.</summary>
internal sealed record LiveClose(int Code, string Reason)
{
    public static readonly LiveClose Stopping = new(1001, "the gateway is stopping");
    public static readonly LiveClose TooMany = new(1013, "too many live clients");
    public static readonly LiveClose Unchecked = new(1013, "who you are cannot be checked now");
    public static readonly LiveClose Malformed = new(4400, "malformed message");
    public static readonly LiveClose Token = new(4401, "missing, invalid or expired token");
    public static readonly LiveClose NotAllowed = new(4403, "not allowed");
    public static readonly LiveClose NoToken = new(4408, "no token in time");
    public static readonly LiveClose Silent = new(4408, "silent too long");
    public static readonly LiveClose TooLarge = new(4413, "message over 16 KiB");
    public static readonly LiveClose TooSlow = new(4429, "too slow: 256 messages or 1 MiB wait");

    /// <summary>How a connection ends whose token lets nobody in.</summary>
    public static LiveClose Of(ApiCode? refusal) =>
        refusal == ApiCodes.Unauthenticated ? Token
        : refusal == ApiCodes.Identity ? Unchecked
        : NotAllowed;
}
