using System.Text.Json;
using MaoTrade.Market.Frames;

namespace MaoApi.MarketData;

/// <summary>Bars as an answer, written while they are read: as rows, or column by column, for which the bars are read once for each.</summary>
internal sealed class HistoryDocument(StoredHistory history, HistoryStretch stretch, int count, bool asColumns) : IResult
{
    private const int FlushBytes = 32 * 1024;

    private static readonly (string Name, Action<Utf8JsonWriter, Frame> Write)[] Columns =
    [
        ("frame", static (json, bar) => json.WriteNumberValue(bar.UnixSeconds)),
        ("open", static (json, bar) => json.WriteNumberValue(bar.Open)),
        ("high", static (json, bar) => json.WriteNumberValue(bar.High)),
        ("low", static (json, bar) => json.WriteNumberValue(bar.Low)),
        ("close", static (json, bar) => json.WriteNumberValue(bar.Close)),
        ("volume", static (json, bar) => json.WriteNumberValue(bar.Volume)),
    ];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteNumber("code", 0);
        json.WriteString("message", "");
        json.WriteStartObject("data");
        json.WriteString("ticker", stretch.Symbol);
        json.WriteNumber("timeFrame", stretch.TimeFrameSeconds);
        json.WriteNumber("count", count);
        if (asColumns)
        {
            json.WriteStartObject("frames");
            foreach (var (name, write) in Columns)
            {
                json.WriteStartArray(name);
                await WriteAsync(json, httpContext, write);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }
        else
        {
            json.WriteStartArray("frames");
            await WriteAsync(json, httpContext, WriteRow);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(httpContext.RequestAborted);
    }

    private static void WriteRow(Utf8JsonWriter json, Frame bar)
    {
        json.WriteStartObject();
        foreach (var (name, write) in Columns)
        {
            json.WritePropertyName(name);
            write(json, bar);
        }

        json.WriteEndObject();
    }

    private async Task WriteAsync(Utf8JsonWriter json, HttpContext http, Action<Utf8JsonWriter, Frame> write)
    {
        await foreach (var bars in history.ReadAsync(stretch, http.RequestAborted))
        {
            foreach (var bar in bars)
            {
                write(json, bar);
                if (json.BytesPending > FlushBytes)
                {
                    await json.FlushAsync(http.RequestAborted);
                    await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
                }
            }
        }
    }
}
