using System.Text;
using MaoTrade.Market.Charts.Raster;
using MaoTrade.Market.Charts.Svg;

namespace MaoTrade.Market.Charts.Reports;

/// <summary>Writes a report in each of its formats.</summary>
public static class ReportFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The format of a name such as <c>svg</c>; null for any other.</summary>
    public static ReportFormat? FormatOf(string? name) => name switch
    {
        "html" => ReportFormat.Html,
        "svg" => ReportFormat.Svg,
        "png" => ReportFormat.Png,
        _ => null,
    };

    public static string ContentType(ReportFormat format) => format switch
    {
        ReportFormat.Svg => "image/svg+xml; charset=utf-8",
        ReportFormat.Png => "image/png",
        _ => "text/html; charset=utf-8",
    };

    /// <summary>Writes; the stream stays open.</summary>
    public static void Write(Report report, ReportFormat format, Stream output)
    {
        if (format == ReportFormat.Png)
        {
            PngPicture.Write(SheetDrawing.Whole(report.Sheet), output);
            return;
        }

        using var text = new StreamWriter(output, Utf8, leaveOpen: true) { NewLine = "\n" };
        if (format == ReportFormat.Svg)
        {
            SvgWriter.WriteFile(SheetDrawing.Whole(report.Sheet), text);
        }
        else
        {
            ReportPage.Write(report, text);
        }
    }
}
