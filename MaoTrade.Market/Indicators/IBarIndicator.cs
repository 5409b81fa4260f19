namespace MaoTrade.Market.Indicators;

/// <summary>An indicator of candles with one result or several.</summary>
public interface IBarIndicator
{
    /// <summary>Whether there were enough candles for every result.</summary>
    bool IsReady { get; }

    /// <summary>How many results there are.</summary>
    int ResultCount { get; }

    /// <summary>Takes the next closed candle.</summary>
    void Add(in Bar bar);

    /// <summary>Writes the results of the last candle, NaN where one is not yet defined.</summary>
    /// <param name="results">Room for <see cref="ResultCount"/> numbers.</param>
    void CopyTo(Span<double> results);
}
