using MaoApi.Auth.Firebase;

namespace MaoTrade.Tests.Api.Auth.Firebase;

[NeedsEmulator]
public sealed class FirebaseEmulatorTests(SharedEmulator shared) : FirebaseEmulatorContract(shared)
{
    private protected override string Verifier => FirebaseVerifiers.Keys;
}
