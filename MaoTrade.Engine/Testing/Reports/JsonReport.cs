using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Testing.Reports;

/// <summary>
/// The result as one line of JSON (docs/system-test.md). No wall time, no machine: two runs of a plan are the same bytes.
/// Decimals are written without trailing zeros.
/// </summary>
public static class JsonReport
{
    private const int Format = 1;

    /// <summary>Writes the report and a line end.</summary>
    public static void Write(BacktestResult result, Stream output)
    {
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            WriteHead(writer, result);
            var orders = Orders(result.Orders);
            writer.WritePropertyName("orders");
            writer.WriteRawValue(orders, skipInputValidation: true);
            WriteTrades(writer, result.Trades);
            WriteEquity(writer, result.Equity);
            WriteFigures(writer, result.Figures);
            WriteDays(writer, result.Days);
            writer.WriteString("ordersSha256", Hash(orders));
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>SHA-256, lower-case hex, of the member <c>orders</c> as it is written: compact JSON, members in their order.</summary>
    public static string OrdersSha256(IReadOnlyList<BacktestOrder> orders) => Hash(Orders(orders));

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void WriteHead(Utf8JsonWriter writer, BacktestResult result)
    {
        var (plan, rules) = (result.Plan, result.Plan.Rules);
        writer.WriteNumber("format", Format);
        writer.WriteString("system", plan.System);
        writer.WritePropertyName("params");
        plan.Params.WriteTo(writer);
        writer.WriteString("epic", plan.Bars.Epic);
        writer.WriteNumber("timeFrame", plan.Bars.TimeFrameSeconds);
        writer.WriteString("from", Time(plan.Bars.Frames[0].UnixSeconds));
        writer.WriteString("to", Time(plan.Bars.Frames[^1].UnixSeconds));
        writer.WriteNumber("bars", plan.Bars.Count);
        writer.WriteNumber("seed", plan.Seed);
        writer.WriteStartObject("rules");
        writer.WriteString("fill", RuleSheet.Fill(rules));
        writer.WriteString("fee", rules.Fee.Text);
        writer.WriteNumber("slippage", Short(rules.Slippage));
        writer.WriteNumber("spread", Short(rules.Spread));
        writer.WriteString("sizing", rules.Sizing.Text);
        writer.WriteString("stops", RuleSheet.Stops);
        writer.WriteString("atEnd", RuleSheet.AtEnd(rules));
        writer.WriteString("adjust", rules.Adjust);
        writer.WriteEndObject();
        writer.WriteNumber("startEquity", Short(plan.StartEquity));
        writer.WriteNumber("endEquity", Short(result.EndEquity));
        writer.WriteNumber("fees", Short(result.Fees));
    }

    private static ReadOnlySpan<byte> Orders(IReadOnlyList<BacktestOrder> orders)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartArray();
        foreach (var order in orders)
        {
            writer.WriteStartObject();
            writer.WriteNumber("n", order.N);
            writer.WriteNumber("frame", order.Frame);
            writer.WriteNumber("opType", (int)order.OpType);
            writer.WriteNumber("orderType", (int)order.OrderType);
            writer.WriteNumber("qty", Short(order.Qty));
            writer.WriteNumber("price", Short(order.Price));
            writer.WriteNumber("fee", Short(order.Fee));
            writer.WriteString("reason", Word(order.Reason));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenSpan;
    }

    private static void WriteTrades(Utf8JsonWriter writer, IReadOnlyList<BacktestTrade> trades)
    {
        writer.WriteStartArray("trades");
        foreach (var trade in trades)
        {
            writer.WriteStartObject();
            writer.WriteNumber("entryFrame", trade.EntryFrame);
            writer.WriteNumber("exitFrame", trade.ExitFrame);
            writer.WriteNumber("opType", (int)trade.OpType);
            writer.WriteNumber("qty", Short(trade.Qty));
            writer.WriteNumber("entryPrice", Short(trade.EntryPrice));
            writer.WriteNumber("exitPrice", Short(trade.ExitPrice));
            writer.WriteNumber("fees", Short(trade.Fees));
            writer.WriteNumber("pnl", Short(trade.Pnl));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteEquity(Utf8JsonWriter writer, IReadOnlyList<EquityPoint> equity)
    {
        writer.WriteStartArray("equity");
        foreach (var point in equity)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(point.UnixSeconds);
            writer.WriteNumberValue(Short(point.Value));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void WriteFigures(Utf8JsonWriter writer, PerformanceFigures figures)
    {
        writer.WriteStartObject("figures");
        writer.WriteNumber("trades", figures.Trades);
        writer.WriteNumber("wins", figures.Wins);
        writer.WriteNumber("winRate", figures.WinRate);
        WriteRatio(writer, "profitFactor", figures.ProfitFactor);
        WriteRatio(writer, "totalReturn", figures.TotalReturn);
        WriteRatio(writer, "annualReturn", figures.AnnualReturn);
        WriteRatio(writer, "sharpe", figures.Sharpe);
        WriteRatio(writer, "sortino", figures.Sortino);
        WriteRatio(writer, "maxDrawdown", figures.MaxDrawdown);
        WriteRatio(writer, "calmar", figures.Calmar);
        WriteRatio(writer, "exposure", figures.Exposure);
        writer.WriteEndObject();
    }

    private static void WriteDays(Utf8JsonWriter writer, IReadOnlyList<ResultDay> days)
    {
        writer.WriteStartArray("days");
        foreach (var day in days)
        {
            writer.WriteStartObject();
            writer.WriteString("date", day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            writer.WriteNumber("startEquity", Short(day.StartEquity ?? 0));
            writer.WriteNumber("endEquity", Short(day.EndEquity ?? 0));
            writer.WriteNumber("trades", day.Trades);
            writer.WriteNumber("wins", day.Wins);
            writer.WriteNumber("losses", day.Losses);
            writer.WriteNumber("profit", Short(day.Profit));
            writer.WriteNumber("fees", Short(day.Fees ?? 0));
            WriteRatio(writer, "maxDrawdown", day.MaxDrawdown);
            WriteRatio(writer, "return", day.Return);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRatio(Utf8JsonWriter writer, string name, double? ratio)
    {
        if (ratio is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>The word of a reason in every report.</summary>
    internal static string Word(OrderReason reason) => reason switch
    {
        OrderReason.Stop => "stop",
        OrderReason.Limit => "limit",
        OrderReason.End => "end",
        _ => "signal",
    };

    private static string Time(long unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static decimal Short(decimal value) => value / 1.0000000000000000000000000000m;
}
