using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using MaoApi.MarketData;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Mt;

public sealed record BarsRequest
{
    /// <summary>1 to 100, each the bars of one epic and length; read one by one, so that bad ones harm no others.</summary>
    [Required]
    [Length(1, 100)]
    public IReadOnlyList<JsonElement>? Bars { get; init; }
}

internal sealed record RefusedBar(int Row, string Message);

/// <summary>Code 0: stored but for those refused; else nothing is.</summary>
internal sealed record BarsOutcome(string? Epic, int? TimeFrame, int Code, string Message, int Added, int Known, IReadOnlyList<RefusedBar> Refused)
{
    public static BarsOutcome None(string? epic, int? timeFrame, ApiCode code, string message) => new(epic, timeFrame, code.Code, message, 0, 0, []);
}

internal sealed record BarsAnswer(int Accepted, IReadOnlyList<BarsOutcome> Results);

/// <summary>Bars of a live market fill what the history lacks; what is known already stays as it is.</summary>
internal static class PostBars
{
    public static async Task<Answer<BarsAnswer>> HandleAsync(
        BarsRequest request,
        ServiceCaller caller,
        IDbContextFactory<MaoHomeContext> contexts,
        StoredHistory stored,
        HistoryWriter writer,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.AccountId == caller.AccountId && row.IsActive, cancellationToken)
            is not { } account)
        {
            return Failure.Of(ApiCodes.Forbidden);
        }

        var results = new List<BarsOutcome>();
        foreach (var json in request.Bars!)
        {
            results.Add(
                BarsBody.Read(json, out var problem) is not { } body ? BarsOutcome.None(EpicOf(json), null, ApiCodes.Invalid, problem)
                : !TimeFrames.IsValid(body.TimeFrame!.Value)
                    ? BarsOutcome.None(body.Epic, body.TimeFrame, ApiCodes.UnknownTimeFrame, $"timeFrame is 1 to {TimeFrames.Longest} seconds")
                : await TickerOfAsync(context, account, stored, body.Epic!, cancellationToken) is not { } ticker
                    ? BarsOutcome.None(body.Epic, body.TimeFrame, ApiCodes.NoData, "no ticker tells the prices of this epic")
                : await StoreAsync(body, ticker.Key, account.AccountId, writer, time.GetUtcNow(), cancellationToken));
        }

        return new BarsAnswer(results.Sum(result => result.Added + result.Known), results);
    }

    /// <summary>The ticker of an epic the account may trade; null where there is none.</summary>
    private static async Task<StoredTicker?> TickerOfAsync(
        MaoHomeContext context, Account account, StoredHistory stored, string epic, CancellationToken cancellationToken) =>
        await context.BrokerSymbols.AnyAsync(row => row.BrokerKey == account.BrokerKey && row.Symbol!.Epic == epic, cancellationToken)
            ? await stored.FindByEpicAsync(epic, cancellationToken)
            : null;

    private static async Task<BarsOutcome> StoreAsync(
        BarsBody body, int tickerKey, string accountId, HistoryWriter writer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var faults = new List<BarFault>();
        var bars = body.Bars(now, faults);
        try
        {
            if (await writer.WriteAsync(
                tickerKey, body.TimeFrame!.Value, [.. bars.Select(row => row.Bar)], $"engine of {accountId}", cancellationToken, BarConflict.Keep) is not { } written)
            {
                return BarsOutcome.None(body.Epic, body.TimeFrame, ApiCodes.NoData, "the ticker is no more");
            }

            faults.AddRange(written.Faults.Select(fault => fault with { Row = bars[fault.Row - 1].Row }));
            return new BarsOutcome(
                body.Epic, body.TimeFrame, 0, "", written.Added, written.Unchanged + written.Ignored,
                [.. faults.OrderBy(fault => fault.Row).Select(fault => new RefusedBar(fault.Row, fault.Message))]);
        }
        catch (InvalidDataException fault)
        {
            return BarsOutcome.None(body.Epic, body.TimeFrame, ApiCodes.UnknownTimeFrame, fault.Message);
        }
    }

    private static string? EpicOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("epic", out var epic) && epic.ValueKind == JsonValueKind.String ? epic.GetString() : null;
}
