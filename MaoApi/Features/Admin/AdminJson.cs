using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace MaoApi.Features.Admin;

/// <summary>JSON objects that are stored as they come.</summary>
internal static class AdminJson
{
    private const int MaxLength = 16 * 1024;

    /// <summary>What is wrong with a member that must be an object, if anything.</summary>
    public static IEnumerable<ValidationResult> Check(JsonElement? value, string member)
    {
        if (value is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) })
        {
            yield return new ValidationResult($"{JsonNamingPolicy.CamelCase.ConvertName(member)} must be an object", [member]);
        }

        if (value is { ValueKind: JsonValueKind.Object } held && held.GetRawText().Length > MaxLength)
        {
            yield return new ValidationResult(
                $"{JsonNamingPolicy.CamelCase.ConvertName(member)} must not be longer than {MaxLength} characters", [member]);
        }
    }

    /// <summary>The text of an object; null where the request has none.</summary>
    public static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.Object } held ? held.GetRawText() : null;
}
