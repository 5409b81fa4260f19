using System.Text.Json.Serialization;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers.Paper.Wire;

/// <summary>The only writer and reader of the paper broker's JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 32)]
[JsonSerializable(typeof(PaperRequest))]
[JsonSerializable(typeof(PaperMessage))]
[JsonSerializable(typeof(Fill))]
internal sealed partial class PaperJson : JsonSerializerContext;
