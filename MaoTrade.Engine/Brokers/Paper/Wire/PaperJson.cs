using System.Text.Json.Serialization;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers.Paper.Wire;

/// <summary>The only writer and reader of the paper broker's JSON: nothing may be missing, and null only where it has a meaning.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 32)]
[JsonSerializable(typeof(PaperRequest))]
[JsonSerializable(typeof(PaperMessage))]
[JsonSerializable(typeof(Fill))]
internal sealed partial class PaperJson : JsonSerializerContext;
