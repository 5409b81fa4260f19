using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MaoApi.Pods.Kubernetes;
using MaoTrade.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Tests.Api.Pods.Kubernetes;

/// <summary>
/// A cluster of our own making, because none can be had here: the rules of the API that a driver can break (who asks, versions, names,
/// labels, selectors, what must not change, watches) over HTTPS, and a node that runs containers as processes. It proves that the driver
/// keeps to these rules as we read them, not that Kubernetes has no others.
/// </summary>
internal sealed class ClusterDouble : IAsyncDisposable
{
    public const string Namespace = "trading";

    private readonly TemporaryFolder _credentials = new();
    private readonly WebApplication _app;
    private readonly string _sets = $"apis/apps/v1/namespaces/{Namespace}/statefulsets";

    private ClusterDouble()
    {
        Node = new ClusterNode(Store);
        var (authority, server) = Certificates();
        File.WriteAllText(_credentials.File("ca.crt"), authority);
        File.WriteAllText(_credentials.File("namespace"), Namespace + "\n");
        Renew("token-1");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(server)));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public ClusterStore Store { get; } = new();

    public ClusterNode Node { get; }

    /// <summary>The token that opens the cluster now.</summary>
    public string Token { get; set; } = "";

    /// <summary>Whether the cluster refuses everything as one that is overloaded.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether the server of metrics, an addition to the cluster, is away.</summary>
    public bool HasNoMetrics { get; set; }

    /// <summary>Tells the next watch that it begins too long ago.</summary>
    public bool RefusesNextWatch { get; set; }

    /// <summary>Says nothing more to who watches, and does not end it either.</summary>
    public bool HoldsWatches { get; set; }

    /// <summary>Lets an object be changed by somebody else right before the next merge.</summary>
    public bool DisturbsNextMerge { get; set; }

    public ConcurrentQueue<string> Calls { get; } = new();

    public KubernetesOptions Options => new() { Server = new Uri(_app.Urls.First()), Credentials = _credentials.Path };

    public static async Task<ClusterDouble> StartAsync()
    {
        var cluster = new ClusterDouble();
        await cluster._app.StartAsync();
        cluster.Node.Begin(cluster._sets);
        return cluster;
    }

    /// <summary>Another token, in the file and in the cluster; the one before opens nothing any more.</summary>
    public void Renew(string token)
    {
        File.WriteAllText(_credentials.File("token"), token);
        Token = token;
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _credentials.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.TrimStart('/');
        Calls.Enqueue($"{http.Request.Method} {path}{http.Request.QueryString}");
        if (IsBroken)
        {
            await RefuseAsync(http, 503, "the server is currently unable to handle the request");
        }
        else if (http.Request.Headers.Authorization != $"Bearer {Token}")
        {
            await RefuseAsync(http, 401, "Unauthorized");
        }
        else if (http.Request.Method == HttpMethods.Get && path.EndsWith("/log", StringComparison.Ordinal))
        {
            await LogAsync(http, path[..^"/log".Length]);
        }
        else if (http.Request.Query["watch"] == "true")
        {
            await WatchAsync(http, path);
        }
        else if (path.StartsWith("apis/metrics.k8s.io", StringComparison.Ordinal) && HasNoMetrics)
        {
            http.Response.StatusCode = 503;
            await http.Response.WriteAsync("service unavailable\n");
        }
        else if (path.StartsWith("apis/metrics.k8s.io", StringComparison.Ordinal))
        {
            await http.Response.WriteAsJsonAsync(JsonNode.Parse("""{"kind":"PodMetrics","containers":[{"name":"engine","usage":{"cpu":"12345678n","memory":"98304Ki"}}]}"""));
        }
        else
        {
            await ObjectAsync(http, path);
        }
    }

    private async Task ObjectAsync(HttpContext http, string path)
    {
        switch (http.Request.Method)
        {
            case "GET" when path.EndsWith("/statefulsets", StringComparison.Ordinal) || path.EndsWith("/pods", StringComparison.Ordinal):
                var items = Store.List(path).Where(item => ClusterRules.Selects(http.Request.Query["labelSelector"], item) && IsNamed(http, item)).ToArray<JsonNode?>();
                await http.Response.WriteAsJsonAsync(new JsonObject { ["kind"] = "List", ["metadata"] = new JsonObject { ["resourceVersion"] = $"{Store.Version}" }, ["items"] = new JsonArray(items) });
                break;
            case "GET":
                await (Store.Find(path) is { } found ? http.Response.WriteAsJsonAsync(found) : RefuseAsync(http, 404, $"{path} not found"));
                break;
            case "PATCH":
                await PatchAsync(http, path);
                break;
            case "DELETE" when await WantedUidAsync(http) is { } uid && Store.Find(path) is { } other && other["metadata"]!["uid"]!.ToString() != uid:
                await RefuseAsync(http, 409, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {other["metadata"]!["uid"]}");
                break;
            case "DELETE" when path.Contains("/pods/", StringComparison.Ordinal):
                var grace = int.TryParse(http.Request.Query["gracePeriodSeconds"], out var seconds) ? seconds : 10;
                await (Node.Delete(path, grace) ? http.Response.WriteAsJsonAsync(new JsonObject()) : RefuseAsync(http, 404, $"{path} not found"));
                break;
            case "DELETE":
                await DeleteAsync(http, path);
                break;
            default:
                await RefuseAsync(http, 405, "method not allowed");
                break;
        }
    }

    private static async Task<string?> WantedUidAsync(HttpContext http) =>
        http.Request.ContentLength > 0 ? (await JsonNode.ParseAsync(http.Request.Body))?["preconditions"]?["uid"]?.ToString() : null;

    private async Task DeleteAsync(HttpContext http, string path)
    {
        if (path.StartsWith(_sets, StringComparison.Ordinal))
        {
            Node.Delete($"api/v1/namespaces/{Namespace}/pods/{Path.GetFileName(path)}-0", 10);
        }

        await (Store.Remove(path) ? http.Response.WriteAsJsonAsync(new JsonObject()) : RefuseAsync(http, 404, $"{path} not found"));
    }

    private async Task PatchAsync(HttpContext http, string path)
    {
        if (string.IsNullOrEmpty(http.Request.Query["fieldManager"]) && http.Request.ContentType!.Contains("apply", StringComparison.Ordinal))
        {
            await RefuseAsync(http, 400, "fieldManager is required for apply patch");
            return;
        }

        var body = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        if (DisturbsNextMerge && http.Request.ContentType == "application/merge-patch+json")
        {
            DisturbsNextMerge = false;
            Store.Change(path, item =>
            {
                item!["metadata"]!["annotations"]!["touched"] = "yes";
                return item;
            });
        }

        (int Status, string Message)? refusal = null;
        var result = Store.Change(path, before =>
        {
            refusal = http.Request.ContentType switch
            {
                "application/apply-patch+yaml" => ClusterRules.Check(path, body, before),
                "application/merge-patch+json" when before is null => (404, $"{path} not found"),
                "application/merge-patch+json" when body["metadata"]?["resourceVersion"]?.ToString() is { } version
                    && version != before!["metadata"]!["resourceVersion"]!.ToString() =>
                    (409, "the object has been modified; please apply your changes to the latest version and try again"),
                "application/merge-patch+json" => null,
                _ => (415, "the body of the request was in an unknown format"),
            };
            return refusal is null ? ClusterRules.Complete(Merge(before ?? [], body)) : null;
        });
        await (refusal is { } no ? RefuseAsync(http, no.Status, no.Message) : http.Response.WriteAsJsonAsync(result));
    }

    /// <summary>Objects member by member, everything else as a whole; what the server alone sets is left out.</summary>
    private static JsonObject Merge(JsonObject before, JsonObject body)
    {
        foreach (var (name, value) in body)
        {
            if (name is "resourceVersion" or "uid")
            {
                continue;
            }

            before[name] = value is JsonObject inner && before[name] is JsonObject present ? Merge(present.DeepClone().AsObject(), inner)
                : value is JsonObject fresh ? Merge([], fresh) : value?.DeepClone();
        }

        return before;
    }

    private async Task WatchAsync(HttpContext http, string collection)
    {
        var isTooLate = RefusesNextWatch;
        RefusesNextWatch = false;
        if (isTooLate || Store.Watch(long.Parse(http.Request.Query["resourceVersion"]!)) is not { } changes)
        {
            // A real server says so in the stream or by the status; both are 410.
            await RefuseAsync(http, 410, "too old resource version");
            return;
        }

        var wanted = Wanted(http);
        await http.Response.Body.FlushAsync();
        try
        {
            await foreach (var (path, type, item) in changes.ReadAllAsync(http.RequestAborted))
            {
                if (path == $"{collection}/{wanted}" && !HoldsWatches)
                {
                    await http.Response.WriteAsync(new JsonObject { ["type"] = type, ["object"] = item.DeepClone() }.ToJsonString() + "\n");
                    await http.Response.Body.FlushAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The watcher is gone.
        }
    }

    private static string Wanted(HttpContext http) =>
        http.Request.Query["fieldSelector"].ToString().Replace("metadata.name=", "", StringComparison.Ordinal);

    private static bool IsNamed(HttpContext http, JsonObject item) => Wanted(http) is "" || item["metadata"]!["name"]!.ToString() == Wanted(http);

    private async Task LogAsync(HttpContext http, string pod)
    {
        if (Store.Find(pod) is null)
        {
            await RefuseAsync(http, 404, $"{pod} not found");
            return;
        }

        if (http.Request.Query["previous"] == "true")
        {
            var previous = Node.LogOf(Path.GetFileName(pod), isPrevious: true);
            await (File.Exists(previous)
                ? http.Response.WriteAsync(await File.ReadAllTextAsync(previous))
                : RefuseAsync(http, 400, $"previous terminated container \"engine\" in pod \"{Path.GetFileName(pod)}\" not found"));
            return;
        }

        var file = Node.LogOf(Path.GetFileName(pod));
        var sent = 0;
        for (var isOver = false; !isOver && !http.RequestAborted.IsCancellationRequested;)
        {
            isOver = Store.Find(pod)?["status"]?["containerStatuses"]?[0]?["state"]?["running"] is null;
            var text = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
            var end = text.LastIndexOf('\n') + 1;
            await http.Response.WriteAsync(text[sent..end]);
            await http.Response.Body.FlushAsync();
            sent = end;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new JsonObject { ["kind"] = "Status", ["status"] = "Failure", ["code"] = status, ["message"] = message });
    }

    private static (string Authority, X509Certificate2 Server) Certificates()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=cluster", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, now.AddHours(-1), now.AddHours(12), RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        return (authority.ExportCertificatePem(), X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null));
    }
}
