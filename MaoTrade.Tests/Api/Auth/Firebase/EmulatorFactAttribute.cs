namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>A test against the Firebase Auth emulator; without it the test is skipped and says so.</summary>
public sealed class EmulatorFactAttribute : FactAttribute
{
    public EmulatorFactAttribute()
    {
        if (FirebaseEmulator.Program is null)
        {
            Skip = "node with firebase-tools is not installed (npm install --prefix /var/cache/maotrade-firebase firebase-tools)";
        }
    }
}
