using System.Text.Json.Serialization;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Engine.Persistence;

/// <summary>Documents in the database.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(StoredAccount))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Position))]
[JsonSerializable(typeof(Signal))]
[JsonSerializable(typeof(FeedMark))]
[JsonSerializable(typeof(TradeIntent))]
internal sealed partial class StoreJson : JsonSerializerContext;
