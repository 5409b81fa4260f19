using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaoTrade.Market.Models;

/// <summary>JSON of the header: unknown, missing and repeated members are refused.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(ModelHeader))]
internal sealed partial class ModelJson : JsonSerializerContext;
