using System.Buffers;
using MaoApi.Http;

namespace MaoApi.Idempotency;

/// <summary>A caller's own name for one request; the same key of another caller is another request.</summary>
/// <param name="Caller">User or service key.</param>
/// <param name="Key">8 to 64 of <c>[A-Za-z0-9_-]</c>.</param>
internal sealed record IdempotencyKey(string Caller, string Key)
{
    public const string Header = "Idempotency-Key";

    private const int MinLength = 8;
    private const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>The key a request was sent with. False where it is none; null where there is no header.</summary>
    public static bool TryRead(IHeaderDictionary headers, string caller, out IdempotencyKey? key)
    {
        key = null;
        var header = headers[Header];
        if (header.Count == 0)
        {
            return true;
        }

        if (header.Count != 1 || header[0] is not { Length: >= MinLength and <= MaxLength } text || text.AsSpan().ContainsAnyExcept(Allowed))
        {
            return false;
        }

        key = new IdempotencyKey(caller, text);
        return true;
    }

    /// <summary>What a header that is no key is answered with.</summary>
    public static Failure Refuse() => Failure.Invalid(Header, "malformed", $"{Header} must be {MinLength} to {MaxLength} of A-Z a-z 0-9 _ -");
}
