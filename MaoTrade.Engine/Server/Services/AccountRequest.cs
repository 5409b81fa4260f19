using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Server.Services;

/// <summary>Data of service 5.</summary>
internal sealed record AccountRequest
{
    public string? Op { get; init; }

    public string[]? Channels { get; init; }

    public Dictionary<string, long>? From { get; init; }

    public string? Of { get; init; }
}

/// <summary>JSON of service 5's requests.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(AccountRequest))]
internal sealed partial class AccountServiceJson : JsonSerializerContext;
