using System.Security.Cryptography;
using System.Text;

namespace MaoApi.Secrets;

/// <summary>Secrets that are none: samples of the documentation, what was published, what is short enough to be guessed.</summary>
internal static class SampleSecrets
{
    public const int MinLength = 16;

    /// <summary>Every sample in this repository's documentation holds one of these words.</summary>
    private static readonly string[] SampleWords = ["change-me", "changeme", "sample", "example", "placeholder", "replace-this"];

    /// <summary>SHA-256 of the phrase in the published description of the original platform, and of its key for configuration values.</summary>
    private static readonly string[] Published =
    [
        "cdd1885aeda8f381352f14a81f429af2f094897911aae0419f9a0c2a9385671f",
        "53aa06af2675488bdd332c4e50ed58d5ca91d314fcf74b1c69dad858a3b9bf03",
    ];

    /// <summary>What is wrong with each secret that must not be used, one line each; the secrets themselves are not shown.</summary>
    public static IEnumerable<string> Faults(IEnumerable<KeyValuePair<string, string>> secrets) =>
        secrets.Select(secret => (secret.Key, Why: Fault(secret.Value))).Where(secret => secret.Why is not null)
            .Select(secret => $"{secret.Key}: {secret.Why}");

    private static string? Fault(string secret)
    {
        if (secret.Length < MinLength)
        {
            return $"shorter than {MinLength} characters, which a secret must not be in production";
        }

        return Array.Exists(SampleWords, word => secret.Contains(word, StringComparison.OrdinalIgnoreCase))
            || Array.Exists(Published, hash => hash == Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))))
            ? "a value that stands in documentation, which a secret must not be in production"
            : null;
    }
}
