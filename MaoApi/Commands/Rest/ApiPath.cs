namespace MaoApi.Commands.Rest;

/// <summary>Paths with queries; what has no value is left out.</summary>
internal static class ApiPath
{
    public static string Of(string path, params IReadOnlyList<(string Name, string? Value)> query)
    {
        var parts = query.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}").ToList();
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }
}
