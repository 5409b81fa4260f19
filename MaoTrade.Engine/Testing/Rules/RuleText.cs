using System.Globalization;

namespace MaoTrade.Engine.Testing.Rules;

/// <summary>Rules as people write them: <c>name</c> or <c>name:number,other:number</c>.</summary>
internal static class RuleText
{
    /// <summary>Name → number, the first name first; null where a part is not <c>name:number</c>.</summary>
    public static IReadOnlyList<KeyValuePair<string, decimal>>? Read(string text)
    {
        var parts = new List<KeyValuePair<string, decimal>>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var pair = part.Split(':', 2);
            if (pair.Length != 2 || !decimal.TryParse(pair[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            parts.Add(KeyValuePair.Create(pair[0], number));
        }

        return parts;
    }

    /// <summary>The names in their order, with a space between.</summary>
    public static string Keys(this IReadOnlyList<KeyValuePair<string, decimal>> parts) => string.Join(' ', parts.Select(part => part.Key));

    /// <summary>A number without the zeros it was computed with.</summary>
    public static string Number(decimal value) => (value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
}
