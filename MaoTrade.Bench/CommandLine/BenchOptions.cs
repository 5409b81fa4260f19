using System.Globalization;

namespace MaoTrade.Bench.CommandLine;

/// <summary>What the person at the terminal asked for.</summary>
internal sealed record BenchOptions
{
    /// <summary>Fewest rounds a median is taken from.</summary>
    public const int FewestRounds = 9;

    /// <summary>Names of benchmarks; empty asks for the list.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Rounds in the order A-B-B-A. Default and least 9. <c>--rounds</c>.</summary>
    public int Rounds { get; init; } = FewestRounds;

    /// <summary>Length of one slice of a side; each benchmark has its own default. <c>--seconds</c>.</summary>
    public TimeSpan? Slice { get; init; }

    /// <summary>Whether a figure that is missed is a failure. <c>--check</c>.</summary>
    public bool Check { get; init; }

    public bool Help { get; init; }

    /// <summary>Reads the arguments; every fault goes to the list.</summary>
    public static BenchOptions Parse(IReadOnlyList<string> arguments, ICollection<string> faults)
    {
        var options = new BenchOptions();
        var names = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--help" or "-h":
                    options = options with { Help = true };
                    break;
                case "--check":
                    options = options with { Check = true };
                    break;
                case "--rounds":
                    options = options with { Rounds = (int)Number(arguments, ++i, FewestRounds, 1_000, faults) };
                    break;
                case "--seconds":
                    options = options with { Slice = TimeSpan.FromSeconds(Number(arguments, ++i, 0.05, 60, faults)) };
                    break;
                case { } unknown when unknown.StartsWith('-'):
                    faults.Add($"{unknown}: there is no such option");
                    break;
                default:
                    names.Add(arguments[i]);
                    break;
            }
        }

        return options with { Names = names };
    }

    private static double Number(IReadOnlyList<string> arguments, int index, double min, double max, ICollection<string> faults)
    {
        if (index < arguments.Count
            && double.TryParse(arguments[index], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max)
        {
            return value;
        }

        faults.Add($"{arguments[index - 1]}: a number from {min} to {max} is expected");
        return min;
    }
}
