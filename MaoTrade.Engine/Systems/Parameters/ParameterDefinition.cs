namespace MaoTrade.Engine.Systems.Parameters;

/// <summary>A parameter of a trading system; messages about wrong values are made from it.</summary>
/// <param name="Key">Name in the signal's <c>params</c>.</param>
/// <param name="Type">Type of the value.</param>
/// <param name="Label">For people.</param>
public sealed record ParameterDefinition(string Key, ParameterType Type, string Label)
{
    /// <summary>Whether the signal must give it; otherwise <see cref="Default"/> holds.</summary>
    public bool Required { get; init; }

    /// <summary>Value when it is left out: decimal for numbers, string, bool.</summary>
    public object? Default { get; init; }

    /// <summary>Smallest number, inclusive.</summary>
    public decimal? Min { get; init; }

    /// <summary>Largest number, inclusive.</summary>
    public decimal? Max { get; init; }

    /// <summary>Values of an enumeration.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}
