using System.Security.Cryptography;
using MaoApi.Hosting;
using MaoTrade.Protocol.Tls;

namespace MaoApi.Engines;

/// <summary>The gateway's certificates for engines on other machines and in containers.</summary>
internal static class EngineWireFiles
{
    /// <summary>Null where none are named; files that cannot be used are a fault at the start.</summary>
    public static WireFiles? Read(SettingsReader settings)
    {
        if (WireFiles.Read(settings.Text, settings.Fault) is not { } files)
        {
            return null;
        }

        try
        {
            if (new WireIdentity(files, TimeProvider.System).Fault(WireNames.Gateway, isServer: false) is { } fault)
            {
                settings.Fault($"WIRE_TLS_CERT: {fault}");
            }
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            settings.Fault($"{WireFiles.Names}: {fault.Message}");
        }

        return files;
    }
}
