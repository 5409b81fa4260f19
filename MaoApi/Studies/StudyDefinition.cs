using System.Text.Json;
using MaoApi.Data.Entities;

namespace MaoApi.Studies;

/// <summary>Everything the values of a study follow from, beside the bars.</summary>
/// <param name="Kind">How it is computed, a word of <see cref="StudyKinds"/>.</param>
/// <param name="Tickers">Symbols, in their order.</param>
/// <param name="TimeFrameSeconds">Length of the bars.</param>
/// <param name="Parameters">What the kind knows, a JSON object.</param>
internal sealed record StudyDefinition(string Kind, IReadOnlyList<string> Tickers, int TimeFrameSeconds, JsonElement Parameters)
{
    /// <summary>The definition as text: the same text, the same values of the same bars.</summary>
    public string Fingerprint => JsonSerializer.Serialize(new { Kind, Tickers, TimeFrameSeconds, Parameters });

    public static StudyDefinition Of(StudyPlan plan) =>
        new(plan.Kind, JsonSerializer.Deserialize<List<string>>(plan.Tickers)!, plan.TimeFrameSeconds, JsonElement.Parse(plan.Parameters));

    /// <summary>A number among the parameters; the given one where it is missing.</summary>
    public double Number(StudyNumber number) =>
        Parameters.TryGetProperty(number.Name, out var value) && value.TryGetDouble(out var told) ? told : number.Default;

    /// <summary>A text among the parameters; null where it is missing.</summary>
    public string? Text(string name) =>
        Parameters.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
