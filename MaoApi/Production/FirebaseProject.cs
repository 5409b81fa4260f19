using FirebaseAdmin;
using Google.Apis.Auth.OAuth2;
using MaoApi.Notices.Channels.Fcm;

namespace MaoApi.Production;

/// <summary>A project of Firebase and the service account that speaks for us there. The library keeps its apps in one list of the process.</summary>
internal sealed class FirebaseProject : IDisposable
{
    /// <summary>What the emulator takes for an administrator.</summary>
    private const string EmulatedOwner = "owner";

    /// <summary>Takes a place in that list.</summary>
    /// <param name="project">Its id.</param>
    /// <param name="account">Who asks; null before the emulator.</param>
    /// <param name="scope">What the account asks to be allowed, and nothing else.</param>
    /// <param name="http">How it is called.</param>
    public FirebaseProject(string project, FcmCredentials? account, string scope, FirebaseHttp http) => App = FirebaseApp.Create(
        new AppOptions
        {
            ProjectId = project,
            Credential = account is null
                ? GoogleCredential.FromAccessToken(EmulatedOwner)
                : GoogleCredential.FromServiceAccountCredential(account.ToAccount(scope)),
            HttpClientFactory = http,
        },
        $"mao-{Guid.NewGuid():N}");

    public FirebaseApp App { get; }

    public void Dispose() => App.Delete();
}
