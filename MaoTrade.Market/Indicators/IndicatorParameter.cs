namespace MaoTrade.Market.Indicators;

/// <summary>A number an indicator is made with.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Default">Taken when no numbers are given.</param>
/// <param name="Min">Smallest.</param>
/// <param name="Max">Largest.</param>
/// <param name="IsWhole">Whether it counts something.</param>
public sealed record IndicatorParameter(string Name, double Default, double Min, double Max, bool IsWhole)
{
    /// <summary>Longest window of an indicator from the catalogue.</summary>
    public const int MostPeriod = 1_000;

    /// <summary>A length of a window.</summary>
    public static IndicatorParameter Period(double usual, string name = "period", double min = 1) => new(name, usual, min, MostPeriod, IsWhole: true);

    /// <summary>Whether a number may stand here.</summary>
    public bool Takes(double value) => value >= Min && value <= Max && (!IsWhole || value == Math.Floor(value));

    public override string ToString() => $"{Name} is {(IsWhole ? "a whole number" : "a number")} from {Min} to {Max}";
}
