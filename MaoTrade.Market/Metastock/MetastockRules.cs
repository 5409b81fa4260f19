using System.Numerics;
using System.Text;
using MaoTrade.Market.Frames;

namespace MaoTrade.Market.Metastock;

/// <summary>What the format can hold: the rules a series is asked before it is written.</summary>
internal sealed class MetastockRules(Encoding encoding)
{
    private const int SymbolBytes = 14;
    private const int EMasterNameBytes = 52;
    private const int XMasterNameBytes = 45;

    // Dates have to be whole numbers of 24 bits.
    private static readonly long Earliest = new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
    private static readonly long Latest = new DateTimeOffset(3577, 12, 31, 23, 59, 59, TimeSpan.Zero).ToUnixTimeSeconds();

    public Encoding Encoding => encoding;

    public List<MetastockFault> FaultsOf(MetastockSeries series)
    {
        var faults = new MetastockFaults(series.Instrument.DataFileName);
        Entry(series.Instrument, faults);
        if (series.Frames.Count > MetastockWriter.MaxRows)
        {
            faults.Add(0, $"{series.Frames.Count} rows; the format holds {MetastockWriter.MaxRows}");
        }

        if (series.OpenInterest.Count != 0 && series.OpenInterest.Count != series.Frames.Count)
        {
            faults.Add(0, $"{series.OpenInterest.Count} values of open interest for {series.Frames.Count} rows");
        }

        var last = long.MinValue;
        for (var i = 0; i < series.Frames.Count; i++)
        {
            if (FaultOf(series.Frames[i], series.Instrument.Fields, last) is { } fault)
            {
                faults.Add(i + 1, fault);
            }

            last = series.Frames[i].UnixSeconds;
        }

        for (var i = 0; i < series.OpenInterest.Count; i++)
        {
            if (series.OpenInterest[i] is < 0 or > MetastockRow.MostDecimal)
            {
                faults.Add(i + 1, $"the open interest {series.OpenInterest[i]} is below 0 or out of range");
            }
        }

        return faults.ToList();
    }

    private void Entry(MetastockInstrument entry, MetastockFaults faults)
    {
        if (entry.FileNumber is < 1 or > MetastockWriter.MaxFileNumber)
        {
            faults.Add(0, $"the file number {entry.FileNumber}; 1 to {MetastockWriter.MaxFileNumber} are expected");
        }

        if (!"IDWMQY".Contains(entry.Period))
        {
            faults.Add(0, $"the period '{entry.Period}'; one of I, D, W, M, Q, Y is expected");
        }

        if (entry.IntradayMinutes is < 0 or > 60)
        {
            faults.Add(0, $"bars of {entry.IntradayMinutes} minutes; 0 to 60 are expected");
        }

        var usual = MetastockLayout.FieldsOf(BitOperations.PopCount((uint)entry.Fields), entry.Period);
        if (usual == MetastockFields.None || usual != entry.Fields)
        {
            faults.Add(0, $"the columns {entry.Fields}; with period {entry.Period} programs take {BitOperations.PopCount((uint)entry.Fields)} columns for {usual}");
        }

        Text("symbol", entry.Symbol, SymbolBytes, faults);
        Text("name", entry.Name, entry.FileNumber > MetastockInstrument.LastOfMaster ? XMasterNameBytes : EMasterNameBytes, faults);
    }

    private void Text(string what, string text, int mostBytes, MetastockFaults faults)
    {
        if (encoding.GetByteCount(text) > mostBytes)
        {
            faults.Add(0, $"the {what} '{text}' is longer than {mostBytes} bytes");
        }

        if (encoding.GetString(encoding.GetBytes(text)) != text || text.Contains('\0') || text.Trim() != text)
        {
            faults.Add(0, $"the {what} '{text}' begins or ends with a space or has characters {encoding.WebName} does not have");
        }
    }

    private static string? FaultOf(Frame frame, MetastockFields fields, long last)
    {
        if (frame.UnixSeconds < Earliest || frame.UnixSeconds > Latest)
        {
            return $"the time {frame.UnixSeconds} is not between the years 1900 and 3577";
        }

        if (frame.UnixSeconds <= last)
        {
            return "the time is not after that of the row before";
        }

        if (!fields.HasFlag(MetastockFields.Time) && frame.UnixSeconds % 86_400 != 0)
        {
            return "the bar starts within a day and the file has no column for the time";
        }

        if (frame.Low < MetastockRow.LeastDecimalPrice || frame.High > MetastockRow.MostDecimal)
        {
            return "a price is not positive or out of range";
        }

        if (frame.High < Math.Max(frame.Open, frame.Close) || frame.Low > Math.Min(frame.Open, frame.Close))
        {
            return "high and low do not enclose open and close";
        }

        return frame.Volume is < 0 or > MetastockRow.MostDecimal ? "the volume is below 0 or out of range" : null;
    }
}
