using Microsoft.IdentityModel.JsonWebTokens;

namespace MaoApi.Auth.Firebase;

/// <summary>Believes the tokens of the Firebase Auth emulator, which nobody signed. Only for development, on one machine.</summary>
internal sealed class EmulatedTokens(FirebaseOptions options, TimeProvider time) : ITokenSource
{
    private const string Unsigned = "none";

    public string Issuer { get; } = FirebaseClaims.IssuerOf(options.Project!);

    public ValueTask<TokenProof?> VerifyAsync(JsonWebToken token, CancellationToken cancellationToken) => ValueTask.FromResult(
        IsOne(token) ? FirebaseClaims.Read(token, options.Project!, time.GetUtcNow()) : null);

    /// <summary>Whether the token says of itself that nobody signed it.</summary>
    public static bool IsOne(JsonWebToken token) => token.Alg == Unsigned && token.EncodedSignature.Length == 0;
}
