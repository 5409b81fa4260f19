namespace MaoTrade.Market.Csv;

/// <summary>In which order a file writes the parts of a date.</summary>
public enum CsvDateOrder
{
    /// <summary>2026-11-21, 2026/11/21, 20261121, and numbers of seconds since 1970.</summary>
    YearMonthDay,

    /// <summary>21.11.2026, 21/11/2026, 21-Nov-26.</summary>
    DayMonthYear,

    /// <summary>11/21/2026.</summary>
    MonthDayYear,
}
