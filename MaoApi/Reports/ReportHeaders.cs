using MaoTrade.Market.Charts.Reports;
using MaoTrade.Market.Charts.Svg;
using Microsoft.Net.Http.Headers;

namespace MaoApi.Reports;

/// <summary>What every report is sent with: its type, what it may do in a browser, its name, and the tag by which it is asked for again.</summary>
internal static class ReportHeaders
{
    private static readonly string PagePolicy = ReportPage.Policy + "; frame-ancestors 'none'";
    private static readonly string PicturePolicy = SvgWriter.Policy + "; frame-ancestors 'none'";

    /// <summary>Sets the headers; true where the caller has it already and is to get a 304 without a body.</summary>
    public static bool Set(HttpContext http, ReportFormat format, string name, string sha256)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = format == ReportFormat.Html ? PagePolicy : PicturePolicy;
        headers.CacheControl = "private, no-cache";
        var tag = new EntityTagHeaderValue($"\"{sha256}\"");
        headers.ETag = tag.ToString();
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return true;
        }

        var disposition = new ContentDispositionHeaderValue("inline");
        disposition.SetHttpFileName($"{name}.{format.ToString().ToLowerInvariant()}");
        headers.ContentDisposition = disposition.ToString();
        http.Response.ContentType = ReportFile.ContentType(format);
        return false;
    }
}
