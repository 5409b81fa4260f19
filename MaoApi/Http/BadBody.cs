using System.Text.Json;
using System.Text.RegularExpressions;

namespace MaoApi.Http;

/// <summary>Puts into words why a body or a parameter could not be read, naming the field.</summary>
internal static partial class BadBody
{
    public static Failure Describe(BadHttpRequestException bad) => bad.InnerException is JsonException json
        ? Describe(json)
        : OfParameter(bad.Message);

    private static Failure Describe(JsonException json)
    {
        if (UnknownMember().Match(json.Message) is { Success: true } unknown)
        {
            var parent = Field(json.Path);
            var member = unknown.Groups["name"].Value;
            var field = parent.Length == 0 || parent == member || parent.EndsWith("." + member, StringComparison.Ordinal)
                ? parent.Length == 0 ? member : parent
                : $"{parent}.{member}";
            return Failure.Invalid(field, "unknown", $"'{field}' is not a member of this request");
        }

        var path = Field(json.Path);
        return Failure.Invalid(path, "malformed", path.Length == 0 ? "the body is not the JSON object expected" : $"'{path}' cannot be read");
    }

    private static Failure OfParameter(string message)
    {
        if (Parameter().Match(message) is { Success: true } parameter)
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Groups["name"].Value);
            return Failure.Invalid(name, "malformed", $"'{name}' is missing or cannot be read");
        }

        return Failure.Invalid("", "malformed", "the body is missing or cannot be read");
    }

    private static string Field(string? path) => path is null or "$" ? "" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    [GeneratedRegex(@"^The JSON property '(?<name>[^']*)' could not be mapped", RegexOptions.CultureInvariant, 100)]
    private static partial Regex UnknownMember();

    [GeneratedRegex(@"parameter ""\S+ (?<name>\w+)""", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Parameter();
}
