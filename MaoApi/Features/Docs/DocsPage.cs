using System.Security.Cryptography;
using System.Text;

namespace MaoApi.Features.Docs;

/// <summary>The page to browse the API: one file of our own, nothing from elsewhere; only its own script and style may run.</summary>
internal static class DocsPage
{
    private static readonly string Page = Read();

    private static readonly string Policy =
        $"default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + $"script-src {Hash("script")}; style-src {Hash("style")}";

    public static IResult Handle(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return Results.Text(Page, "text/html", Encoding.UTF8);
    }

    private static string Read()
    {
        using var file = typeof(DocsPage).Assembly.GetManifestResourceStream("docs.html")!;
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Hash(string element)
    {
        var begin = Page.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var end = Page.IndexOf($"</{element}>", StringComparison.Ordinal);
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Page[begin..end])))}'";
    }
}
