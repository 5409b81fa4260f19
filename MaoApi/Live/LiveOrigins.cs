using MaoApi.Hosting;

namespace MaoApi.Live;

/// <summary>Which web pages may open a live connection: a browser sends the user's rights along for any page.</summary>
internal static class LiveOrigins
{
    /// <summary>No origin is no browser; the gateway's own pages and those of the list are let in.</summary>
    public static bool Allows(HttpRequest request, HttpOptions options)
    {
        var origin = request.Headers.Origin;
        if (origin.Count == 0)
        {
            return true;
        }

        if (origin.Count > 1 || !Uri.TryCreate(origin[0], UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https"))
        {
            return false;
        }

        return string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || options.CorsOrigins.Contains(page.GetLeftPart(UriPartial.Authority), StringComparer.OrdinalIgnoreCase);
    }
}
