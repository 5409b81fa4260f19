using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MaoTrade.Engine.Systems;

/// <summary>
/// A system's state as it is stored: <c>{"format":1,"version":n,"check":"…","values":{…}}</c>. The version is the
/// system's own; the check is the first eight bytes of SHA-256 over version and values, so that a torn or altered document
/// is never taken for a state.
/// </summary>
/// <param name="Version">Version of the system's state.</param>
/// <param name="State">The values.</param>
public sealed record SystemStateDocument(int Version, SystemState State)
{
    private const int Format = 1;

    /// <summary>The text to store.</summary>
    public static string Write(int version, SystemState state)
    {
        var values = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(values))
        {
            state.WriteTo(writer);
        }

        return $$"""{"format":{{Format}},"version":{{version}},"check":"{{Check(version, values.WrittenSpan)}}","values":{{Encoding.UTF8.GetString(values.WrittenSpan)}}}""";
    }

    /// <summary>Reads a stored text.</summary>
    /// <exception cref="CorruptStateException">It is not what <see cref="Write"/> wrote.</exception>
    public static SystemStateDocument Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var format = root.GetProperty("format").GetInt32();
            if (format != Format)
            {
                throw new CorruptStateException($"it is of format {format}, this engine knows {Format}");
            }

            var version = root.GetProperty("version").GetInt32();
            var values = root.GetProperty("values");
            return root.GetProperty("check").GetString() == Check(version, Encoding.UTF8.GetBytes(values.GetRawText()))
                ? new SystemStateDocument(version, SystemState.Read(values))
                : throw new CorruptStateException("its check does not agree with its values");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new CorruptStateException(exception.Message);
        }
    }

    private static string Check(int version, ReadOnlySpan<byte> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(version.ToString(CultureInfo.InvariantCulture)));
        hash.AppendData(values);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
