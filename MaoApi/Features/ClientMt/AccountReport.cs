using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;
using MaoApi.Limits;
using MaoApi.Reports;
using MaoTrade.Market.Charts.Reports;

namespace MaoApi.Features.ClientMt;

public sealed record AccountReportQuery : IAccountRequest
{
    public string? AccountId { get; init; }

    /// <summary>1d, 7d, 30d, 90d or 1y.</summary>
    [Required]
    [AllowedValues("1d", "7d", "30d", "90d", "1y", ErrorMessage = "1d, 7d, 30d, 90d or 1y is expected")]
    public string? Period { get; init; }

    /// <summary>Only trades of this trading system.</summary>
    [StringLength(100)]
    public string? System { get; init; }

    /// <summary>Only trades of this signal.</summary>
    [StringLength(64)]
    public string? SignalId { get; init; }

    /// <summary>html, svg or png; left out: html.</summary>
    [AllowedValues(null, "html", "svg", "png", ErrorMessage = "html, svg or png is expected")]
    public string? Format { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Read;
}

/// <summary>The figures of <c>/clientmt/performance</c> with charts.</summary>
internal static class AccountReport
{
    public static async Task<IResult> HandleAsync(
        [AsParameters] AccountReportQuery query, HttpContext http, EngineGateway engines, CpuGate gate, CancellationToken cancellationToken)
    {
        var call = EngineCalls.Performance(new { query.Period, query.System, query.SignalId, Trades = true });
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        if (reply.Refusal is not null)
        {
            return reply.ToFailure();
        }

        try
        {
            var told = JsonSerializer.Deserialize<AccountPerformance>(reply.Data.Span, JsonSerializerOptions.Web)!;
            var scope = string.Join(" ", new[] { query.System, query.SignalId }.Where(name => !string.IsNullOrEmpty(name)));
            return new DrawnReport(
                AccountSheet.Of(told with { Scope = scope }), ReportFile.FormatOf(query.Format) ?? ReportFormat.Html, $"{told.AccountId}-{query.Period}", gate);
        }
        catch (JsonException)
        {
            return Failure.Of(ApiCodes.WireBroken);
        }
    }
}
