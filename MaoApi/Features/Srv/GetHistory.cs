using System.ComponentModel.DataAnnotations;
using System.Globalization;
using MaoApi.Http;
using MaoApi.MarketData;

namespace MaoApi.Features.Srv;

public sealed record GetHistoryRequest
{
    private const int MaxFrames = 100_000;

    /// <summary>The symbol; this or the epic.</summary>
    [StringLength(64)]
    public string? Ticker { get; init; }

    [StringLength(64)]
    public string? Epic { get; init; }

    /// <summary>Length of a bar, seconds.</summary>
    [Required]
    public int? TimeFrame { get; init; }

    /// <summary>The last bar begins then or before: a day, which means its beginning in UTC, or a time.</summary>
    [Required]
    [StringLength(40)]
    public string? ToDate { get; init; }

    [Required]
    [Range(1, MaxFrames)]
    public int? Frames { get; init; }

    [AllowedValues(null, "rows", "columns")]
    public string? Format { get; init; }
}

internal static class GetHistory
{
    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static async Task<IResult> HandleAsync(
        GetHistoryRequest request, StoredHistory history, HistoryReader reader, CancellationToken cancellationToken)
    {
        if (request.Ticker is null == request.Epic is null)
        {
            return Failure.Invalid("ticker", "invalid", "either ticker or epic is required, not both");
        }

        if (!DateTimeOffset.TryParseExact(
            request.ToDate, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var to))
        {
            return Failure.Invalid("toDate", "malformed", "toDate is a day (yyyy-MM-dd) or an ISO 8601 time");
        }

        var ticker = request.Ticker is { } symbol
            ? await history.FindAsync(symbol, cancellationToken)
            : await history.FindByEpicAsync(request.Epic!, cancellationToken);
        if (ticker is null)
        {
            return new Failure(ApiCodes.NoData, $"unknown ticker {request.Ticker ?? request.Epic}");
        }

        if (ticker.Series.Count == 0)
        {
            return new Failure(ApiCodes.NoData, "no data");
        }

        var timeFrame = request.TimeFrame!.Value;
        if (ticker.For(timeFrame) is not { } series)
        {
            return UnknownTimeFrame(ticker, orMultiple: true);
        }

        var wanted = request.Frames!.Value;
        var shape = request.Format == "columns" ? BarShape.Columns : BarShape.Rows;
        var stretch = await reader.LastAsync(ticker, series, timeFrame, to.ToUnixTimeSeconds(), wanted, shape, cancellationToken);
        return stretch.Count == 0 ? new Failure(ApiCodes.NoData, "no data")
            : stretch.Count < wanted ? new Failure(ApiCodes.NotEnoughData, $"Not enough data {stretch.Count}/{wanted}")
            : new HistoryDocument(ticker.Symbol, timeFrame, stretch, shape);
    }

    public static Failure UnknownTimeFrame(StoredTicker ticker, bool orMultiple)
    {
        var stored = string.Join(", ", ticker.Series.Select(series => series.TimeFrameSeconds));
        var expected = $"timeFrame must be one of {stored}{(orMultiple ? $" or a multiple of one, up to {TimeFrames.Longest}" : "")}";
        return new Failure(ApiCodes.UnknownTimeFrame, expected) { Errors = [new FieldError("timeFrame", "invalid", expected)] };
    }
}
