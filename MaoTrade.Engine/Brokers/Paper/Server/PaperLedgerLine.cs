using System.Text.Json;
using System.Text.Json.Serialization;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>A line of the ledger. <paramref name="N"/> grows by one, across restarts too.</summary>
internal sealed record PaperLedgerLine(
    long N, long Frame, string Account, string Event, string Reference, string Epic, OrderAction Action, OrderOpType OpType,
    OrderType OrderType, decimal Qty, decimal? Price, decimal? StopPrice)
{
    public string ToJson() => JsonSerializer.Serialize(this, PaperLedgerJson.Default.PaperLedgerLine);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PaperLedgerLine))]
internal sealed partial class PaperLedgerJson : JsonSerializerContext;
