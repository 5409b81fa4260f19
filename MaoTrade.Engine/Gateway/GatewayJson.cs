using System.Text.Json.Serialization;
using MaoTrade.Engine.Trading.Commands;

namespace MaoTrade.Engine.Gateway;

/// <summary>JSON of the way to the gateway.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(BarBatch))]
[JsonSerializable(typeof(DaySummary))]
[JsonSerializable(typeof(EventBatch))]
[JsonSerializable(typeof(GatewayAnswer<BarAnswer>))]
[JsonSerializable(typeof(GatewayAnswer<EventAnswer>))]
[JsonSerializable(typeof(GatewayAnswer<GatewayAccount>))]
[JsonSerializable(typeof(GatewayCopy))]
[JsonSerializable(typeof(ServiceKey))]
internal sealed partial class GatewayJson : JsonSerializerContext;
