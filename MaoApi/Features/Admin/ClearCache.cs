using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Auth.Services;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.Admin;

public sealed record ClearCacheRequest
{
    [StringLength(40)]
    public string? Name { get; init; }
}

internal sealed record ClearCacheResponse(IReadOnlyList<string> Cleared);

/// <summary>What the gateway remembers of its database for a moment, by name.</summary>
internal sealed class ClearCache(UserDirectory users, EngineDirectory engines, ServiceKeys keys)
{
    private readonly Dictionary<string, Action> _caches = new(StringComparer.Ordinal)
    {
        ["engines"] = engines.Drop,
        ["keys"] = keys.Clear,
        ["users"] = users.Clear,
    };

    public static Answer<ClearCacheResponse> Handle(ClearCacheRequest request, ClearCache caches) => caches.Clear(request.Name);

    private Answer<ClearCacheResponse> Clear(string? name)
    {
        if (name is not null && !_caches.ContainsKey(name))
        {
            return Failure.Invalid("name", "unknown", $"'{name}' is none of {string.Join(", ", _caches.Keys)}");
        }

        string[] cleared = name is null ? [.. _caches.Keys] : [name];
        Array.ForEach(cleared, cache => _caches[cache]());
        return new ClearCacheResponse(cleared);
    }
}
