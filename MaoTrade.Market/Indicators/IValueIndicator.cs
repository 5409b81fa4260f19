namespace MaoTrade.Market.Indicators;

/// <summary>An indicator of one series of numbers, such as closes, with one series as its result.</summary>
public interface IValueIndicator
{
    /// <summary>Whether there were enough values.</summary>
    bool IsReady { get; }

    /// <summary>The result; NaN before there were enough values.</summary>
    double Value { get; }

    /// <summary>Takes the next value.</summary>
    void Add(double value);
}
