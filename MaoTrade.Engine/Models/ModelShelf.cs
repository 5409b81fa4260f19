using System.Security.Cryptography;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Market.Models;

namespace MaoTrade.Engine.Models;

/// <summary>
/// Brings the files of models from the gateway into the account's folder: each under its digest, checked, whole or not at all. What is not
/// listed any more is removed once what is listed is there.
/// </summary>
/// <param name="client">The gateway.</param>
/// <param name="folder">Where the files go.</param>
internal sealed class ModelShelf(GatewayClient client, string folder)
{
    private const int DigestCharacters = 2 * SHA256.HashSizeInBytes;

    /// <summary>Fetches what is missing.</summary>
    /// <param name="entries">The gateway's list.</param>
    /// <param name="say">Takes what could not be had.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether everything listed is there.</returns>
    public async Task<bool> FillAsync(IReadOnlyList<ModelConfig> entries, Action<string> say, CancellationToken cancellationToken)
    {
        var isWhole = true;
        foreach (var entry in entries)
        {
            try
            {
                await FetchAsync(entry.Sha256.ToLowerInvariant(), cancellationToken);
            }
            catch (Exception fault) when (fault is GatewayException or IOException or UnauthorizedAccessException)
            {
                isWhole = false;
                say($"model {entry.Name}: {fault.Message}");
            }
        }

        return isWhole;
    }

    /// <summary>Removes downloads that are neither listed nor in use.</summary>
    public void Clear(IReadOnlyList<ModelConfig> entries, ModelSet inUse)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var wanted = entries.Select(entry => entry.Sha256.ToLowerInvariant()).Concat(inUse.Files.Select(file => file.Model.Sha256)).ToHashSet();
        foreach (var path in Directory.EnumerateFiles(folder, "*.maomodel").Where(path => IsDigest(Path.GetFileNameWithoutExtension(path))))
        {
            if (!wanted.Contains(Path.GetFileNameWithoutExtension(path)))
            {
                File.Delete(path);
            }
        }
    }

    private static bool IsDigest(string text) => text.Length == DigestCharacters && text.All(char.IsAsciiHexDigitLower);

    private async Task FetchAsync(string sha256, CancellationToken cancellationToken)
    {
        if (!IsDigest(sha256))
        {
            throw new GatewayException($"a SHA-256 is expected, not '{sha256}'");
        }

        var path = Path.Combine(folder, sha256 + ".maomodel");
        if (File.Exists(path))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var fresh = path + ".new";
        File.Delete(fresh);
        try
        {
            await client.GetModelAsync(sha256, fresh, ModelLimits.MostBytes, cancellationToken);
            string digest;
            await using (var file = File.OpenRead(fresh))
            {
                digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
            }

            if (digest != sha256)
            {
                throw new GatewayException($"the gateway sent a file whose SHA-256 is {digest}, {sha256} is expected");
            }

            File.Move(fresh, path);
        }
        finally
        {
            File.Delete(fresh);
        }
    }
}
