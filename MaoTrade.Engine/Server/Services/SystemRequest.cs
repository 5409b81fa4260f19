using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Server.Services;

/// <summary>Data of service 3.</summary>
internal sealed record SystemRequest
{
    public required string Op { get; init; }

    public string? SignalId { get; init; }

    public string? Key { get; init; }

    public string? Value { get; init; }

    public string? Cursor { get; init; }

    public int? Limit { get; init; }
}

/// <summary>JSON of service 3's requests.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SystemRequest))]
internal sealed partial class SystemServiceJson : JsonSerializerContext;
