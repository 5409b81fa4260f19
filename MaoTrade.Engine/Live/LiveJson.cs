using System.Text.Json.Serialization;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;

namespace MaoTrade.Engine.Live;

/// <summary>Snapshot of channel orders.</summary>
internal sealed record OrdersSnapshot(IEnumerable<Order> Orders);

/// <summary>Snapshot of channel trades.</summary>
internal sealed record TradesSnapshot(IEnumerable<Trade> Trades);

/// <summary>Change of channel signals where one was deleted.</summary>
internal sealed record SignalDeleted(string SignalId, bool Deleted);

/// <summary>JSON of what channels tell.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(PortfolioView))]
[JsonSerializable(typeof(OrdersSnapshot))]
[JsonSerializable(typeof(SignalsReply))]
[JsonSerializable(typeof(SignalDeleted))]
[JsonSerializable(typeof(TradesSnapshot))]
internal sealed partial class LiveJson : JsonSerializerContext;
