using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Containers;

/// <summary>
/// The profile <c>core</c> of docker-compose.yml with the images of docker/build.sh: a gateway, the paper market and two engines, each a
/// container of its own. Removed with the tests, volumes and all.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The test framework ends it by DisposeAsync.")]
public sealed class ComposeStack : IAsyncLifetime
{
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _secrets = new();
    private readonly string _project = "mao" + Guid.NewGuid().ToString("N")[..8];
    private readonly Dictionary<string, string> _environment;
    private readonly HttpClient _http;

    public ComposeStack()
    {
        var port = ChildProcess.FreePort();

        // Networks left behind by an engine that was killed must not be in the way.
        var place = Guid.NewGuid().ToByteArray();
        var pool = $"10.{232 + (place[0] % 8)}.{place[1]}";
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MAO_PORT"] = port.ToString(),
            ["PROMETHEUS_PORT"] = ChildProcess.FreePort().ToString(),
            ["MAO_SECRETS"] = _secrets.Path,
            ["COMPOSE_PROJECT_NAME"] = _project,
            ["MT_DEMO1_SUBNET"] = pool + ".0/28",
            ["MT_DEMO2_SUBNET"] = pool + ".16/28",
        };
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) };
    }

    public async Task InitializeAsync()
    {
        if (new ContainerFactAttribute().Skip is not null)
        {
            return;
        }

        await Command.RunAsync(Path.Combine(Repository.Root, "docker", "secrets.sh"), [_secrets.Path]);
        await UpAsync();
        await LogInAsync();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        if (new ContainerFactAttribute().Skip is null)
        {
            await ComposeAsync("down", "--volumes", "--timeout", "10");
        }

        _secrets.Dispose();
    }

    /// <summary>Starts whatever of it does not run.</summary>
    public Task UpAsync() => ComposeAsync("up", "-d", "--no-build");

    public Task<string> ComposeAsync(params string[] words) => Command.RunAsync(
        "docker-compose", ["-f", Path.Combine(Repository.Root, "docker-compose.yml"), "--profile", "core", .. words], _environment);

    /// <summary>Id of a service's container.</summary>
    public Task<string> ContainerAsync(string service) => ComposeAsync("ps", "-q", service);

    /// <summary>What <c>docker inspect</c> says of a service's container.</summary>
    public async Task<string> InspectAsync(string service, string format) =>
        await Command.RunAsync("docker", ["inspect", "--format", format, await ContainerAsync(service)]);

    /// <summary>Runs words in a service's container; what it wrote.</summary>
    public async Task<(int Code, string Output, string Error)> ExecAsync(string service, params string[] words) =>
        await Command.TryAsync("docker", ["exec", await ContainerAsync(service), .. words]);

    /// <summary>A file of a container.</summary>
    public async Task<string> ReadAsync(string service, string path)
    {
        var (code, output, error) = await ExecAsync(service, "cat", path);
        code.Should().Be(0, error);
        return output;
    }

    /// <summary>The data of an answer with code 0; null for any other.</summary>
    public async Task<JsonElement?> TryPostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return json.GetProperty("code").GetInt32() == 0 ? json.GetProperty("data") : null;
    }

    /// <summary>The data of an answer with code 0.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        return await DataAsync(answer);
    }

    /// <summary>The data of an answer with code 0.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await DataAsync(answer);
    }

    /// <summary>The bytes of an answer.</summary>
    public async Task<byte[]> DownloadAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        answer.IsSuccessStatusCode.Should().BeTrue("{0}", answer);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Waits until an account's engine is connected to the market.</summary>
    public Task<JsonElement> ConnectedAsync(string accountId) => PortfolioAsync(accountId, "is connected", _ => true);

    /// <summary>Waits until it has also seen a frame of the market, which it asks for where a system wants it.</summary>
    public Task<JsonElement> TradingAsync(string accountId) =>
        PortfolioAsync(accountId, "trades", portfolio => portfolio.GetProperty("frame").GetInt64() > 0);

    /// <summary>Ids of an account's orders.</summary>
    public async Task<IReadOnlyList<string>> OrdersAsync(string accountId)
    {
        var data = await GetAsync($"/clientmt/orders?accountId={accountId}&limit=200");
        return [.. data.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("orderId").ToString())];
    }

    /// <summary>Waits for something in the containers.</summary>
    public static async Task<JsonElement> NotNullAsync(string what, Func<Task<JsonElement?>> ask)
    {
        var found = await Until.NotNullAsync(what, Deadline, async () => await ask() is { } value ? new Holder(value) : null, TimeSpan.FromMilliseconds(100));
        return found.Value;
    }

    private Task<JsonElement> PortfolioAsync(string accountId, string what, Func<JsonElement, bool> until) => NotNullAsync($"the engine of {accountId} {what}", async () =>
    {
        using var answer = await _http.GetAsync(new Uri($"/clientmt/portfolio?accountId={accountId}", UriKind.Relative));
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        if (json.GetProperty("code").GetInt32() != 0
            || json.GetProperty("data").GetProperty("accounts")[0].GetProperty("portfolio") is not { ValueKind: JsonValueKind.Object } portfolio)
        {
            return null;
        }

        return portfolio.GetProperty("account").GetProperty("connected").GetBoolean() && until(portfolio) ? portfolio : null;
    });

    private async Task LogInAsync()
    {
        await Until.TrueAsync("the gateway is healthy", Deadline, async () => await InspectAsync("gateway", "{{.State.Health.Status}}") == "healthy");
        var firstRun = JsonElement.Parse(await ReadAsync("gateway", "/data/first-run.json"));
        var data = await PostAsync(
            "/auth/login", new { user = firstRun.GetProperty("user").GetString(), password = firstRun.GetProperty("password").GetString() });
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", data.GetProperty("accessToken").GetString());
    }

    private static async Task<JsonElement> DataAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        body.GetProperty("code").GetInt32().Should().Be(0, "{0} {1}", (int)answer.StatusCode, body);
        return body.GetProperty("data");
    }

    private sealed record Holder(JsonElement Value);
}
