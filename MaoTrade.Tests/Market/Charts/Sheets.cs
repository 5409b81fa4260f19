using System.Text;
using System.Xml.Linq;
using MaoTrade.Market.Charts;
using MaoTrade.Market.Charts.Layers;
using MaoTrade.Market.Charts.Reports;

namespace MaoTrade.Tests.Market.Charts;

/// <summary>Sheets written down in tests, and their files.</summary>
internal static class Sheets
{
    public const string Hostile = "</svg><script>alert('1')</script> & \"q\" \u0001\ud83d\ude00";

    public static ChartSheet Of(IReadOnlyList<long> frames, params Panel[] panels) => new()
    {
        Title = "Title",
        Subtitle = "subtitle",
        Frames = frames,
        TimeFrameSeconds = 3_600,
        Panels = panels,
    };

    /// <summary>Hours from 2026-01-01 on.</summary>
    public static long[] Hours(int count) => [.. Enumerable.Range(0, count).Select(i => 1_767_225_600 + (i * 3_600L))];

    public static ChartSheet Line(params double[] values) => Of(Hours(values.Length), new Panel("Line", 100, [new LineLayer(values, Ink.First) { Name = "line" }]));

    public static byte[] Write(Report report, ReportFormat format)
    {
        using var file = new MemoryStream();
        ReportFile.Write(report, format, file);
        return file.ToArray();
    }

    public static XDocument Svg(ChartSheet sheet) => XDocument.Parse(Encoding.UTF8.GetString(Write(new Report(sheet, []), ReportFormat.Svg)));
}
