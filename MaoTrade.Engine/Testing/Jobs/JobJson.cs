using System.Text.Json.Serialization;
using MaoTrade.Engine.Trading.Commands;

namespace MaoTrade.Engine.Testing.Jobs;

/// <summary>JSON of service 4.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(BacktestJobRequest))]
[JsonSerializable(typeof(BacktestJob))]
internal sealed partial class JobJson : JsonSerializerContext;
