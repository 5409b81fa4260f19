using System.Security.Cryptography;
using System.Text.Json;
using MaoApi.Hosting;

namespace MaoApi.Notices.Channels.Fcm;

/// <summary>Firebase Cloud Messaging, for devices.</summary>
internal sealed record FcmOptions
{
    /// <summary>Google's address of the service.</summary>
    public static readonly Uri Google = new("https://fcm.googleapis.com");

    /// <summary>The service account's key file as Google gives it, JSON, secret. None: nothing is sent to devices. <c>FCM_CREDENTIALS</c>, <c>FCM_CREDENTIALS_FILE</c>.</summary>
    public FcmCredentials? Credentials { get; init; }

    /// <summary>The project. Default the one of the credentials. <c>FCM_PROJECT</c>.</summary>
    public string? Project { get; init; }

    /// <summary>Where the service answers. Default Google's. <c>FCM_URL</c>.</summary>
    public Uri Url { get; init; } = Google;

    public static FcmOptions Read(SettingsReader settings)
    {
        var credentials = ReadCredentials(settings);
        return new FcmOptions
        {
            Credentials = credentials,
            Project = settings.Text("FCM_PROJECT") ?? credentials?.Project,
            Url = settings.Url("FCM_URL") ?? Google,
        };
    }

    private static FcmCredentials? ReadCredentials(SettingsReader settings)
    {
        if (settings.Secret("FCM_CREDENTIALS") is not { } json)
        {
            return null;
        }

        try
        {
            return FcmCredentials.Parse(json);
        }
        catch (Exception fault) when (fault is JsonException or CryptographicException or ArgumentException or KeyNotFoundException or UriFormatException)
        {
            settings.Fault("FCM_CREDENTIALS: not the key file of a service account");
            return null;
        }
    }
}
