using System.Net;
using MaoApi.Hosting;

namespace MaoApi.Auth.Firebase;

/// <summary>Users who log in with Firebase.</summary>
internal sealed record FirebaseOptions
{
    /// <summary>Where Google publishes the certificates ID tokens are signed with.</summary>
    public static readonly Uri GoogleKeys = new("https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com");

    private const int MaxProjectLength = 63;

    /// <summary>The project whose ID tokens are accepted. Default none: no Firebase token is. <c>FIREBASE_PROJECT</c>.</summary>
    public string? Project { get; init; }

    /// <summary>Address of the certificates, JSON of key id to PEM; https, or http on this machine. Default Google's. <c>FIREBASE_KEYS_URL</c>.</summary>
    public Uri Keys { get; init; } = GoogleKeys;

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

        return new FirebaseOptions { Project = project, Keys = keys, IsEmulated = ReadEmulator(settings, environment, project) };
    }

    private static bool ReadEmulator(SettingsReader settings, GatewayEnvironment environment, string? project)
    {
        if (settings.Text("FIREBASE_AUTH_EMULATOR_HOST") is not { } host)
        {
            return false;
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

        return true;
    }
}
