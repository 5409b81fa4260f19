using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;
using MaoApi.Reports;
using MaoTrade.Market.Charts.Reports;

namespace MaoApi.Features.ClientMt;

public sealed record BacktestReportQuery : IAccountRequest
{
    public string? AccountId { get; init; }

    [Required]
    [StringLength(64)]
    public string? JobId { get; init; }

    /// <summary>html, svg or png; left out: html.</summary>
    [AllowedValues(null, "html", "svg", "png", ErrorMessage = "html, svg or png is expected")]
    public string? Format { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Read;
}

/// <summary>The engine has drawn it with the test's own prices.</summary>
internal static class BacktestReport
{
    public static async Task<IResult> HandleAsync(
        [AsParameters] BacktestReportQuery query, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var format = query.Format ?? "html";
        var call = EngineCalls.BacktestReport(new { Op = "report", query.JobId, Format = format });
        var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        return new EngineReport(reply, ReportFile.FormatOf(format) ?? ReportFormat.Html, $"backtest-{query.JobId}");
    }
}
