namespace MaoTrade.Market.Metastock;

/// <summary>An entry of the index.</summary>
/// <param name="FileNumber">n of F{n}.DAT (to 255) or F{n}.MWD.</param>
/// <param name="Symbol">Short symbol.</param>
/// <param name="Name">The longest name the indexes have.</param>
/// <param name="Period">I, D, W, M, Q or Y.</param>
/// <param name="IntradayMinutes">Minutes of a bar where the period is I.</param>
/// <param name="Fields">Columns of the data file.</param>
/// <param name="First">First date by the index; null when the index has none.</param>
/// <param name="Last">Last date by the index; null when the index has none.</param>
/// <param name="DataFile">Path of the data file; null when it is missing.</param>
public sealed record MetastockInstrument(
    int FileNumber, string Symbol, string Name, char Period, int IntradayMinutes, MetastockFields Fields,
    DateOnly? First, DateOnly? Last, string? DataFile)
{
    /// <summary>Highest file number MASTER and EMASTER can name; those above are in XMASTER.</summary>
    public const int LastOfMaster = 255;

    /// <summary>Name of the data file, there or not.</summary>
    public string DataFileName => FileNumber <= LastOfMaster ? $"F{FileNumber}.DAT" : $"F{FileNumber}.MWD";

    /// <summary>Name of the text that names the columns, there or not.</summary>
    public string ColumnFileName => $"F{FileNumber}.DOP";

    /// <summary>Path of the text that names the columns (F{n}.DOP); null when there is none.</summary>
    public string? ColumnFile { get; init; }

    /// <summary>Bytes of one row.</summary>
    public int RowBytes => 4 * System.Numerics.BitOperations.PopCount((uint)Fields);

    /// <summary>Length of a bar in seconds; null where bars have no fixed length (months, quarters, years).</summary>
    public int? TimeFrameSeconds => Period switch
    {
        'D' => 86_400,
        'W' => 7 * 86_400,
        'I' when IntradayMinutes > 0 => 60 * IntradayMinutes,
        _ => null,
    };
}
