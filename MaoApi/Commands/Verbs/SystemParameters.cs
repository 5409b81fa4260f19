using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace MaoApi.Commands.Verbs;

/// <summary>Parameters of trading systems as words: <c>--param fast_period=12</c>. Numbers and true or false are taken as such.</summary>
internal static class SystemParameters
{
    public static Option<string[]> Create() => new("--param")
    {
        Description = "parameter of the system, key=value; as often as needed",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>From words to the members of <c>params</c>; null where there are none.</summary>
    /// <exception cref="CommandException">One is not key=value.</exception>
    public static JsonObject? Read(string[]? words)
    {
        if (words is not { Length: > 0 })
        {
            return null;
        }

        var parameters = new JsonObject();
        foreach (var word in words)
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || parameters.ContainsKey(word[..at]))
            {
                throw new CommandException(CommandExit.Usage, $"--param: '{word}' is not key=value with a key of its own");
            }

            parameters[word[..at]] = ValueOf(word[(at + 1)..]);
        }

        return parameters;
    }

    private static JsonValue ValueOf(string text) => text switch
    {
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
            JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
