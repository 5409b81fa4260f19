namespace MaoTrade.Market.Indicators;

/// <summary>An indicator people can ask for by name.</summary>
/// <param name="Name">What they write.</param>
/// <param name="Parameters">The numbers behind it, in order.</param>
/// <param name="Results">Names of what it gives, one for each result.</param>
/// <param name="Make">From numbers that fit to an indicator without values.</param>
public sealed record IndicatorDefinition(
    string Name, IReadOnlyList<IndicatorParameter> Parameters, IReadOnlyList<string> Results, Func<IReadOnlyList<double>, IBarIndicator> Make)
{
    /// <summary>What is wrong between numbers that are each in their range; null when nothing is.</summary>
    internal Func<IReadOnlyList<double>, string?> FaultBetween { get; init; } = _ => null;

    /// <summary>What is wrong with numbers for this indicator; null when nothing is.</summary>
    public string? Fault(IReadOnlyList<double> numbers)
    {
        if (numbers.Count != Parameters.Count)
        {
            var names = string.Join(", ", Parameters.Select(parameter => parameter.Name));
            return Parameters.Count == 0
                ? $"{Name} takes no numbers"
                : $"{Name} takes {Parameters.Count} number{(Parameters.Count == 1 ? "" : "s")} ({names}) or none, not {numbers.Count}";
        }

        return Parameters.Where((parameter, i) => !parameter.Takes(numbers[i])).FirstOrDefault() is { } wrong ? wrong.ToString() : FaultBetween(numbers);
    }
}
