namespace MaoTrade.Market.Metastock;

/// <summary>Columns of a data file. In the file they stand in the order date, time, open, high, low, close, volume, open interest.</summary>
[Flags]
public enum MetastockFields
{
    None = 0,
    Date = 0x01,
    High = 0x02,
    Low = 0x04,
    Close = 0x08,
    Volume = 0x10,
    Open = 0x20,
    OpenInterest = 0x40,
    Time = 0x80,
}
