using System.Globalization;
using System.Text;

namespace MaoTrade.Market.Metastock;

/// <summary>A line of the text beside a data file (F{n}.DOP), which names its columns one by one: <c>"NAME",scale</c>.</summary>
/// <param name="Name">What the program that wrote it calls the column.</param>
/// <param name="Scale">Its second word, decimals by most programs.</param>
public sealed record MetastockColumn(string Name, int Scale)
{
    // Columns of a row, of 64 characters each, and room for ends of lines: anything larger is no such text.
    private const int MaxFileBytes = 1_024;

    private static readonly (MetastockFields Field, string Name)[] Names =
    [
        (MetastockFields.Date, "DATE"), (MetastockFields.Time, "TIME"), (MetastockFields.Open, "OPEN"), (MetastockFields.High, "HIGH"),
        (MetastockFields.Low, "LOW"), (MetastockFields.Close, "CLOSE"), (MetastockFields.Volume, "VOL"), (MetastockFields.OpenInterest, "OI"),
    ];

    /// <summary>Reads such a text; what is wrong with a line goes to the list, with the number of the line as its row.</summary>
    public static IReadOnlyList<MetastockColumn> Read(string path, ICollection<MetastockFault> faults)
    {
        var file = Path.GetFileName(path).ToUpperInvariant();
        var columns = new List<MetastockColumn>();
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes)
            {
                faults.Add(new MetastockFault(file, 0, $"larger than {MaxFileBytes} bytes"));
                return columns;
            }

            var row = 0;
            foreach (var line in File.ReadLines(path, Encoding.Latin1))
            {
                row++;
                if (Parse(line) is { } column)
                {
                    columns.Add(column);
                }
                else if (!string.IsNullOrWhiteSpace(line.Trim('\u001A')))
                {
                    faults.Add(new MetastockFault(file, row, "not of the form \"NAME\",scale"));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add(new MetastockFault(file, 0, exception.Message));
        }

        return columns;
    }

    /// <summary>Names of the columns of a data file, in their order.</summary>
    internal static IEnumerable<string> NamesOf(MetastockFields fields) => Names.Where(one => fields.HasFlag(one.Field)).Select(one => one.Name);

    internal static byte[] FileOf(MetastockFields fields) =>
        Encoding.ASCII.GetBytes(string.Concat(NamesOf(fields).Select(name => $"\"{name}\",0\r\n")));

    private static MetastockColumn? Parse(string line)
    {
        var end = line.LastIndexOf("\",", StringComparison.Ordinal);
        return line.StartsWith('"') && end > 1
            && int.TryParse(line.AsSpan(end + 2).Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var scale)
            ? new MetastockColumn(line[1..end].Trim(), scale)
            : null;
    }
}
