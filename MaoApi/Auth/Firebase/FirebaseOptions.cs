using System.Net;
using MaoApi.Hosting;
using MaoApi.Notices.Channels.Fcm;

namespace MaoApi.Auth.Firebase;

/// <summary>Users who log in with Firebase.</summary>
internal sealed record FirebaseOptions
{
    /// <summary>Where Google publishes the certificates ID tokens are signed with.</summary>
    public static readonly Uri GoogleKeys = new("https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com");

    /// <summary>Where Firebase is asked about its users.</summary>
    public static readonly Uri GoogleAccounts = new("https://identitytoolkit.googleapis.com/");

    private const int MaxProjectLength = 63;

    /// <summary>The project whose ID tokens are accepted. Default none: no Firebase token is. <c>FIREBASE_PROJECT</c>.</summary>
    public string? Project { get; init; }

    /// <summary>Address of the certificates, JSON of key id to PEM; https, or http on this machine. Default Google's. <c>FIREBASE_KEYS_URL</c>.</summary>
    public Uri Keys { get; init; } = GoogleKeys;

    /// <summary>
    /// How ID tokens are verified: <c>keys</c>, by the published certificates alone, or <c>admin</c>, by FirebaseAdmin, which asks Firebase
    /// besides whether the user still exists, is not disabled and has not been logged out. The latter needs <c>FCM_CREDENTIALS</c>, unless
    /// there is an emulator. Default admin where it is in the build, else keys. <c>FIREBASE_VERIFIER</c>.
    /// </summary>
    public string Verifier { get; init; } = FirebaseVerifiers.Keys;

    /// <summary>Where Firebase is asked about its users: Google's address, or the emulator's. No setting of its own.</summary>
    public Uri Accounts { get; init; } = GoogleAccounts;

    /// <summary>
    /// Whether the tokens come from the Firebase Auth emulator, which does not sign them. Default no. Only where the emulator is on this machine
    /// and the environment is development: anything else refuses to start. <c>FIREBASE_AUTH_EMULATOR_HOST</c>, <c>host:port</c>.
    /// </summary>
    public bool IsEmulated { get; init; }

    public static FirebaseOptions Read(SettingsReader settings, GatewayEnvironment environment)
    {
        var project = settings.Text("FIREBASE_PROJECT");
        if (project is not null && (project.Length > MaxProjectLength || !project.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
        {
            settings.Fault($"FIREBASE_PROJECT: '{project}' is not a project id");
        }

        var keys = settings.Url("FIREBASE_KEYS_URL") ?? GoogleKeys;
        if (keys.Scheme != Uri.UriSchemeHttps && !keys.IsLoopback)
        {
            settings.Fault("FIREBASE_KEYS_URL: keys are believed only over https, or from this machine");
        }

        var emulator = ReadEmulator(settings, environment, project);
        return new FirebaseOptions
        {
            Project = project,
            Keys = keys,
            Verifier = settings.Adapter("FIREBASE_VERIFIER", FirebaseVerifiers.Best, FirebaseVerifiers.Known, FirebaseVerifiers.Built.ContainsKey),
            Accounts = emulator ?? GoogleAccounts,
            IsEmulated = emulator is not null,
        };
    }

    /// <summary>What does not fit the account that is there to ask with.</summary>
    public IEnumerable<string> Faults(FcmOptions account)
    {
        if (Verifier == FirebaseVerifiers.Admin && Project is not null && !IsEmulated && account.Credentials is null)
        {
            yield return "FIREBASE_VERIFIER: admin asks Firebase about its users by a service account; "
                + "FCM_CREDENTIALS is missing, or FIREBASE_VERIFIER=keys asks nobody";
        }
    }

    private static Uri? ReadEmulator(SettingsReader settings, GatewayEnvironment environment, string? project)
    {
        if (settings.Text("FIREBASE_AUTH_EMULATOR_HOST") is not { } host)
        {
            return null;
        }

        if (environment != GatewayEnvironment.Development)
        {
            settings.Fault("FIREBASE_AUTH_EMULATOR_HOST: tokens nobody signed are accepted in development only (ENVIRONMENT)");
        }

        var name = host[..Math.Max(0, host.LastIndexOf(':'))].Trim('[', ']');
        if (name != "localhost" && !(IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address)))
        {
            settings.Fault($"FIREBASE_AUTH_EMULATOR_HOST: '{host}' is not host:port of this machine");
        }

        if (project is null)
        {
            settings.Fault("FIREBASE_AUTH_EMULATOR_HOST: FIREBASE_PROJECT is missing");
        }

        return Uri.TryCreate($"http://{host}/{GoogleAccounts.Host}/", UriKind.Absolute, out var accounts) ? accounts : GoogleAccounts;
    }
}
