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

    public static async Task<IResult> HandleAsync(GetHistoryRequest request, StoredHistory history, CancellationToken cancellationToken)
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

        var timeFrames = await history.TimeFramesAsync(ticker.Id, cancellationToken);
        if (timeFrames.Count == 0)
        {
            return new Failure(ApiCodes.NoData, "no data");
        }

        if (!timeFrames.Contains(request.TimeFrame!.Value))
        {
            return new Failure(ApiCodes.UnknownTimeFrame, $"timeFrame must be one of {string.Join(", ", timeFrames)}")
            {
                Errors = [new FieldError("timeFrame", "invalid", $"timeFrame must be one of {string.Join(", ", timeFrames)}")],
            };
        }

        var wanted = request.Frames!.Value;
        var (stretch, count) = await history.LastAsync(ticker, request.TimeFrame.Value, to.ToUnixTimeSeconds(), wanted, cancellationToken);
        return (stretch, count) switch
        {
            (null, _) => new Failure(ApiCodes.NoData, "no data"),
            _ when count < wanted => new Failure(ApiCodes.NotEnoughData, $"Not enough data {count}/{wanted}"),
            _ => new HistoryDocument(history, stretch, count, request.Format == "columns"),
        };
    }
}
