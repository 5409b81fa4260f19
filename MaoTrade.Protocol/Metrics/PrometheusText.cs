using System.Globalization;
using System.Text;

namespace MaoTrade.Protocol.Metrics;

/// <summary>The text format of Prometheus, version 0.0.4.</summary>
public static class PrometheusText
{
    /// <summary>Media type of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    internal static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(Name(family.Kind)).Append('\n');
            foreach (var (values, series) in family.Series)
            {
                var labels = Labels(family.Labels, values);
                if (family.Kind == MetricKind.Histogram)
                {
                    WriteDistribution(text, family, labels, series);
                }
                else
                {
                    WriteSample(text, family.Name, labels, series.Value);
                }
            }
        }

        return text.ToString();
    }

    private static void WriteDistribution(StringBuilder text, MetricFamily family, string labels, MetricSeries series)
    {
        var (cumulative, sum) = series.Distribution();
        for (var i = 0; i < cumulative.Length; i++)
        {
            var bound = i < family.Bounds.Length ? Number(family.Bounds[i]) : "+Inf";
            var separator = labels.Length == 0 ? "" : ",";
            WriteSample(text, family.Name + "_bucket", $"{labels}{separator}le=\"{bound}\"", cumulative[i]);
        }

        WriteSample(text, family.Name + "_sum", labels, sum);
        WriteSample(text, family.Name + "_count", labels, cumulative[^1]);
    }

    private static void WriteSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(IReadOnlyList<string> names, in LabelValues values)
    {
        ReadOnlySpan<string> texts = [values.A, values.B, values.C, values.D];
        var labels = new StringBuilder();
        for (var i = 0; i < names.Count; i++)
        {
            labels.Append(i == 0 ? "" : ",").Append(names[i]).Append("=\"").Append(EscapeValue(texts[i])).Append('"');
        }

        return labels.ToString();
    }

    private static string Name(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeValue(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}
