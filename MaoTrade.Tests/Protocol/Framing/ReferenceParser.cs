using System.Text;
using System.Text.Json;

namespace MaoTrade.Tests.Protocol.Framing;

/// <summary>The grammar of requests once more, as simply as it can be said: a whole array, no speed, the framework's own document.</summary>
internal static class ReferenceParser
{
    private static readonly JsonDocumentOptions Rules = new() { MaxDepth = 32, AllowDuplicateProperties = false };
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The services of the requests, then <c>!</c> at the first violation or <c>...</c> for an unfinished request.</summary>
    public static string Read(byte[] bytes, int maxJsonBytes)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] is 0x00 or 0xFF || (bytes[i] != 0x04 && i - start >= maxJsonBytes))
            {
                words.Add("!");
                return string.Join(' ', words);
            }

            if (bytes[i] != 0x04)
            {
                continue;
            }

            words.Add(Service(bytes[start..i]));
            if (words[^1] == "!")
            {
                return string.Join(' ', words);
            }

            start = i + 1;
        }

        if (start < bytes.Length)
        {
            words.Add("...");
        }

        return string.Join(' ', words);
    }

    private static string Service(byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(Utf8.GetString(text), Rules);
            Touch(document.RootElement);
            return document.RootElement.ValueKind != JsonValueKind.Object || text is [0xEF, ..] ? "!"
                : document.RootElement.TryGetProperty("service", out var service)
                    && service.ValueKind == JsonValueKind.Number && service.TryGetInt32(out var number) ? $"{number}" : "?";
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return "!";
        }
    }

    /// <summary>Decodes every string, so that half a surrogate pair throws.</summary>
    private static void Touch(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Touch(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Touch(item);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }
}
