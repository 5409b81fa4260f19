using System.Security.Cryptography;
using System.Text;
using MaoTrade.Market.Charts.Svg;

namespace MaoTrade.Market.Charts.Reports;

/// <summary>
/// A report as one page that needs nothing else: light or dark as its reader likes, light on paper. Its policy lets run one style and one script,
/// both constants named by their hash; without the script values are told by the browser's own tool tips.
/// </summary>
public static class ReportPage
{
    private const string Layout =
        """
        *{box-sizing:border-box}:root{--page:#f4f6f8;color-scheme:light dark}
        body{margin:0;background:var(--page);color:var(--k1);font:15px/1.5 system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif}
        main{max-width:1240px;margin:0 auto;padding:28px 20px 56px}h1{font-size:26px;line-height:1.2;margin:0;overflow-wrap:anywhere}h2{font-size:15px;margin:0 0 10px}
        .soft{color:var(--k2);font-weight:400}p{margin:6px 0}section{background:var(--k0);border:1px solid var(--k3);border-radius:10px;padding:16px 18px;margin-top:16px}
        .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(128px,1fr));gap:14px 18px;margin:0}.figures dt{color:var(--k2);font-size:13px}
        .figures dd{margin:0;font-size:19px;font-weight:600;font-variant-numeric:tabular-nums}.good{color:var(--k4)}.bad{color:var(--k5)}
        .chart{overflow-x:auto}.chart svg{display:block;width:100%;min-width:680px;height:auto}
        output{display:block;min-height:2.9em;font-size:13px;line-height:1.45;color:var(--k2);font-variant-numeric:tabular-nums}
        .scroll{max-height:460px;overflow:auto}table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
        th{position:sticky;top:0;background:var(--k0);color:var(--k2);font-weight:500;text-align:right}th,td{padding:4px 10px;border-bottom:1px solid var(--k3);text-align:right}
        .t{text-align:left}code{font-size:12px;overflow-wrap:anywhere}
        @media screen and (prefers-color-scheme:dark){:root{--page:#10151a}}
        @media print{:root{--page:#fff}main{padding:0}section{break-inside:avoid;border-color:#bbb}.scroll{max-height:none}output{display:none}}
        """;

    /// <summary>Tells what lies under the pointer in a line above the charts, in place of the browser's tool tip.</summary>
    private const string Script =
        """
        document.querySelectorAll(".chart").forEach(chart=>{
        const out=chart.parentElement.querySelector("output"),wait=out.textContent,said=new Map();
        chart.querySelectorAll(".h").forEach(place=>{const title=place.querySelector("title");said.set(place,title.textContent);title.remove()});
        chart.addEventListener("pointermove",event=>{out.textContent=said.get(event.target)??wait});
        chart.addEventListener("pointerleave",()=>{out.textContent=wait});
        });
        """;

    private static readonly string PageStyle = (SvgWriter.Style + Layout).ReplaceLineEndings("\n");
    private static readonly string PageScript = Script.ReplaceLineEndings("\n");

    /// <summary>The Content-Security-Policy of every page; <c>frame-ancestors</c> belongs to the header, which knows who may show it.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {Hash(PageStyle)}; script-src {Hash(PageScript)}";

    /// <summary>Writes the page.</summary>
    public static void Write(Report report, TextWriter output)
    {
        var (sheet, title) = (report.Sheet, SvgWriter.Escape(report.Sheet.Title));
        output.WriteLine("<!doctype html>");
        output.WriteLine($"<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">");
        output.WriteLine($"<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title><style>{PageStyle}</style></head>");
        output.WriteLine($"<body><main><h1>{title}</h1><p class=\"soft\">{SvgWriter.Escape(sheet.Subtitle)}</p>");
        WriteFigures(sheet, output);
        output.WriteLine("<section><output>point at a chart for its values</output><div class=\"chart\">");
        SvgWriter.WriteElement(SheetDrawing.Charts(sheet), output);
        output.WriteLine("</div></section>");
        foreach (var section in report.Sections)
        {
            Write(section, output);
        }

        output.WriteLine($"</main><script>{PageScript}</script></body></html>");
    }

    private static void WriteFigures(ChartSheet sheet, TextWriter output)
    {
        if (sheet.Figures.Count == 0)
        {
            return;
        }

        output.Write("<section><dl class=\"figures\">");
        foreach (var figure in sheet.Figures)
        {
            output.Write($"<div><dt>{SvgWriter.Escape(figure.Name)}</dt><dd{MoodOf(figure.Mood, "")}>{SvgWriter.Escape(figure.Value)}</dd></div>");
        }

        output.WriteLine("</dl></section>");
    }

    private static void Write(ReportSection section, TextWriter output)
    {
        output.WriteLine($"<section><h2>{SvgWriter.Escape(section.Title)} <span class=\"soft\">{SvgWriter.Escape(section.Note)}</span></h2>");
        foreach (var paragraph in section.Paragraphs)
        {
            output.WriteLine($"<p class=\"soft\">{SvgWriter.Escape(paragraph)}</p>");
        }

        if (section.Table is { } table)
        {
            Write(table, output);
        }

        output.WriteLine("</section>");
    }

    private static void Write(ReportTable table, TextWriter output)
    {
        output.Write("<div class=\"scroll\"><table><thead><tr>");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            output.Write($"<th{(i < table.TextColumns ? " class=\"t\"" : "")}>{SvgWriter.Escape(table.Columns[i])}</th>");
        }

        output.WriteLine("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            output.Write("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                output.Write($"<td{MoodOf(row[i].Mood, i < table.TextColumns ? "t" : "")}>{SvgWriter.Escape(row[i].Text)}</td>");
            }

            output.WriteLine("</tr>");
        }

        output.WriteLine("</tbody></table></div>");
    }

    private static string MoodOf(int mood, string also)
    {
        var name = mood switch { > 0 => "good", < 0 => "bad", _ => "" };
        return (name.Length, also.Length) switch
        {
            (0, 0) => "",
            (_, 0) => $" class=\"{name}\"",
            (0, _) => $" class=\"{also}\"",
            _ => $" class=\"{name} {also}\"",
        };
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
