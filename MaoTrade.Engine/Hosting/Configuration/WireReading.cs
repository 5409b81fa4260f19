using System.Security.Cryptography;
using MaoTrade.Protocol.Tls;

namespace MaoTrade.Engine.Hosting.Configuration;

/// <summary>From the certificates' files to the wire's identity. Off the loopback address there is no wire without one.</summary>
internal static class WireReading
{
    /// <summary>Null on the loopback address, or when there are faults.</summary>
    public static WireIdentity? Read(EngineOptions options, ICollection<string> faults)
    {
        if (WireIdentity.IsLocal(options.Bind.ToString()))
        {
            return null;
        }

        if (options.Wire is not { } files)
        {
            faults.Add($"bind: others can reach {options.Bind}, so the wire needs certificates: {WireFiles.Names} are expected");
            return null;
        }

        try
        {
            var identity = new WireIdentity(files, TimeProvider.System);
            if (identity.Fault(WireNames.Engine(options.AccountId), isServer: true) is not { } fault)
            {
                return identity;
            }

            faults.Add($"WIRE_TLS_CERT: {fault}");
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            faults.Add($"{WireFiles.Names}: {fault.Message}");
        }

        return null;
    }
}
