namespace MaoTrade.Engine.Brokers.Paper.Prices;

/// <summary>How a random instrument looks.</summary>
/// <param name="Epic">Name.</param>
/// <param name="Price">The price it moves around.</param>
/// <param name="Volatility">Share of the price the finest octave of the noise moves by.</param>
/// <param name="Decimals">Decimals of a quote.</param>
/// <param name="Spread">Distance of bid and ask.</param>
internal sealed record RandomProfile(string Epic, double Price, double Volatility, int Decimals, decimal Spread)
{
    /// <summary>The instruments there are when none is named.</summary>
    public static readonly IReadOnlyList<RandomProfile> Defaults =
    [
        new("EURUSD", 1.0850, 0.00002, 5, 0.00008m),
        new("GBPUSD", 1.2700, 0.00002, 5, 0.00012m),
        new("USDJPY", 149.50, 0.00002, 3, 0.010m),
        new("DE40", 18_500, 0.00004, 1, 1.2m),
        new("SPX500", 5_200, 0.00003, 1, 0.4m),
    ];

    /// <summary>The profile of a name; a name of no default is a share of 100.</summary>
    public static RandomProfile Of(string epic) =>
        Defaults.FirstOrDefault(profile => profile.Epic == epic) ?? new RandomProfile(epic, 100, 0.00005, 2, 0.02m);
}
