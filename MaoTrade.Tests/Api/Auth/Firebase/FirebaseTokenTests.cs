using MaoApi.Auth.Firebase;

namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>ID tokens by the published keys alone.</summary>
public sealed class FirebaseTokenTests : FirebaseTokenContract
{
    private protected override string Verifier => FirebaseVerifiers.Keys;
}
