using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>Tests against the Firebase Auth emulator, and of FirebaseAdmin where they say so.</summary>
public sealed class NeedsEmulatorAttribute : ServerTestsAttribute
{
    /// <summary>Whether they need the production stack.</summary>
    public bool WithAdmin { get; set; }

    public override string? Missing =>
        WithAdmin && NeedsFirebaseAdminAttribute.NotBuilt is { } reason ? reason
        : FirebaseEmulator.Program is null ? "node with firebase-tools is not installed (npm install --prefix /var/cache/maotrade-firebase firebase-tools)"
        : null;
}
