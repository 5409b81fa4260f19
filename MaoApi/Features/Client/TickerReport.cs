using System.ComponentModel.DataAnnotations;
using System.Globalization;
using MaoApi.Data;
using MaoApi.Limits;
using MaoApi.MarketData;
using MaoApi.Reports;
using MaoTrade.Market.Charts.Reports;
using MaoTrade.Market.Frames;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Client;

public sealed record TickerReportFormat
{
    /// <summary>html, svg or png; left out: html.</summary>
    [AllowedValues(null, "html", "svg", "png", ErrorMessage = "html, svg or png is expected")]
    public string? Format { get; init; }
}

/// <summary>What <see cref="TickerChart"/> answers in numbers, to look at.</summary>
internal static class TickerReport
{
    public static async Task<IResult> HandleAsync(
        int tickerId,
        [AsParameters] ChartQuery query,
        [AsParameters] TickerReportFormat wanted,
        BarReader reader,
        IDbContextFactory<MaoDataContext> histories,
        CpuGate gate,
        CancellationToken cancellationToken)
    {
        var chart = await TickerChart.HandleAsync(tickerId, query, reader, cancellationToken);
        var format = ReportFile.FormatOf(wanted.Format) ?? ReportFormat.Html;
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        var ticker = await history.Tickers.AsNoTracking().Where(row => row.Id == tickerId).Select(row => new { row.Symbol, row.Name })
            .FirstOrDefaultAsync(cancellationToken);
        return chart.As(drawn => new DrawnReport(
            TickerSheet.Of($"{ticker?.Symbol} {ticker?.Name}".Trim(), query.TimeFrame!.Value, Bars(drawn.Frames), [.. drawn.Indicators.Select(Line)]),
            format, string.Create(CultureInfo.InvariantCulture, $"ticker-{tickerId}"), gate));
    }

    private static List<Frame> Bars(FrameColumns columns) =>
    [
        .. columns.Frame.Select((frame, i) => new Frame(frame, columns.Open[i], columns.High[i], columns.Low[i], columns.Close[i], columns.Volume[i])),
    ];

    private static TickerLine Line(IndicatorValues indicator) => new(
        indicator.Name,
        string.Join(':', indicator.Params.Select(number => Convert.ToString(number, CultureInfo.InvariantCulture))),
        [.. indicator.Values.Select(value => value ?? double.NaN)]);
}
