using MaoApi.Auth.Firebase;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>Tests that need the production stack: FirebaseAdmin before servers of our own.</summary>
public sealed class NeedsFirebaseAdminAttribute : ServerTestsAttribute
{
    /// <summary>Why FirebaseAdmin cannot be tested; null where it is in the build.</summary>
    public static string? NotBuilt =>
        FirebaseVerifiers.Built.ContainsKey(FirebaseVerifiers.Admin) ? null : "FirebaseAdmin is not in this build; build with -p:MaoStack=production";

    public override string? Missing => NotBuilt;
}
