namespace MaoApi.MarketData;

/// <summary>How bars stand in an answer.</summary>
internal enum BarShape
{
    /// <summary>An object for each bar.</summary>
    Rows,

    /// <summary>An array for each value.</summary>
    Columns,
}
