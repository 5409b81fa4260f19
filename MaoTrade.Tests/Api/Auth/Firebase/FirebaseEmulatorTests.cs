using MaoApi.Auth.Firebase;

namespace MaoTrade.Tests.Api.Auth.Firebase;

[NeedsEmulator]
public sealed class FirebaseEmulatorTests : FirebaseEmulatorContract
{
    private protected override string Verifier => FirebaseVerifiers.Keys;
}
