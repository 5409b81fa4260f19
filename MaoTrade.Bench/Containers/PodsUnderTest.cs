using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MaoApi.Hosting;
using MaoTrade.Bench.Processes;

namespace MaoTrade.Bench.Containers;

/// <summary>
/// The profile <c>pods</c> of docker-compose.yml as an operator starts it, with accounts added to it whose engines trade with two systems.
/// Removed at the end, volumes and all.
/// </summary>
internal sealed class PodsUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    private readonly string _secrets;
    private readonly string _override;
    private readonly Dictionary<string, string> _environment;
    private readonly HttpClient _http;
    private readonly bool _hasSecond;
    private string _admin = "";

    private PodsUnderTest(Children children, bool hasSecond)
    {
        var mark = Guid.NewGuid().ToString("N")[..6];
        var place = Guid.NewGuid().ToByteArray();
        var pool = $"10.{232 + (place[0] % 8)}";
        var socket = (Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "unix:///var/run/docker.sock").Replace("unix://", "", StringComparison.Ordinal);
        var folder = children.CreateFolder();
        _secrets = Path.Combine(folder, "secrets");
        _override = Path.Combine(folder, "limits.yml");
        _hasSecond = hasSecond;
        Mark = mark;
        Port = FreePort.Of();
        SecondPort = FreePort.Of();
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["COMPOSE_PROJECT_NAME"] = "maobench" + mark,
            ["MAO_INSTALLATION"] = "bench-" + mark,
            ["MAO_SECRETS"] = _secrets,
            ["MAO_PORT"] = Port.ToString(CultureInfo.InvariantCulture),
            ["MAO_PORT_B"] = SecondPort.ToString(CultureInfo.InvariantCulture),
            ["MAO_DRAIN_NOTICE_SECONDS"] = hasSecond ? "5" : "0",
            ["MT_DEMO1_SUBNET"] = $"{pool}.{place[1]}.0/28",
            ["MT_DEMO2_SUBNET"] = $"{pool}.{place[1]}.16/28",
            ["POD_SUBNET_POOL"] = $"{pool}.0.0/16",
            ["DOCKER_SOCKET"] = socket,
        };
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Makes names of accounts this run's own.</summary>
    public string Mark { get; }

    /// <summary>TCP ports of the gateways on the loopback address.</summary>
    public int Port { get; }

    public int SecondPort { get; }

    /// <summary>Access token of the user whose accounts these are.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Settings of a balancer before both gateways.</summary>
    public static string BalancerFile => Path.Combine(Root(), "docker", "balancer.cfg");

    /// <summary>Starts gateway and pod, and makes the certificates of these accounts.</summary>
    public static async Task<PodsUnderTest> StartAsync(Children children, IReadOnlyList<string> accounts, bool hasSecond = false)
    {
        var stack = new PodsUnderTest(children, hasSecond);
        try
        {
            await stack.BeginAsync([.. accounts.Select(stack.AccountOf)]);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>An account of this run.</summary>
    public string AccountOf(string name) => name + Mark;

    public static string EngineOf(string accountId) => "mt-" + accountId;

    /// <summary>Starts whatever of it does not run, or with more words something else.</summary>
    public Task<string> ComposeAsync(params string[] words)
    {
        string[] second = _hasSecond ? ["-f", Path.Combine(Root(), "docker", "second-gateway.yml")] : [];
        return Docker.RunAsync(
            "docker-compose", ["-f", Path.Combine(Root(), "docker-compose.yml"), .. second, "-f", _override, "--profile", "pods", .. words], _environment);
    }

    /// <summary>A container's word about itself.</summary>
    public static Task<string> InspectAsync(string container, string format) => Docker.RunAsync("inspect", "--format", format, container);

    public static async Task<int> PidAsync(string container) => int.Parse(await InspectAsync(container, "{{.State.Pid}}"), CultureInfo.InvariantCulture);

    public static async Task<DateTimeOffset> StartedAsync(string container) =>
        DateTimeOffset.Parse(await InspectAsync(container, "{{.State.StartedAt}}"), CultureInfo.InvariantCulture);

    /// <summary>Adds an account and starts its engine, as an administrator does.</summary>
    public async Task AddAsync(string accountId)
    {
        await PostAsync("/admin/accounts/create", new { accountId, descr = accountId, userId = "demo", brokerCode = "paper", demo = true, active = true }, _admin);
        await SwitchAsync(accountId, "start");
    }

    /// <summary>Starts or stops an engine.</summary>
    public Task SwitchAsync(string accountId, string verb) => PostAsync($"/admin/pods/{verb}", new { accountId }, _admin);

    /// <summary>Two systems that trade at once.</summary>
    public async Task BeginTradingAsync(string accountId)
    {
        await PostAsync("/clientmt/signal/crud", Create(accountId, "GBPUSD", "FUTM", new { signal = "BUY", qty = 100, stop_percent = 2 }), Token);
        await PostAsync("/clientmt/signal/crud", Create(accountId, "EURUSD", "MacdCrossover", new { fast_period = 2, slow_period = 3, qty = 100 }), Token);
    }

    /// <summary>Waits until the engine itself says that all is well; trading, it has also seen a frame of the market.</summary>
    public static async Task<DateTimeOffset> ReadyAsync(string accountId, bool trading, DateTimeOffset? otherThan = null)
    {
        // An engine keeps its address; a run that has just been killed must not answer for the next.
        var engine = EngineOf(accountId);
        var address = "";
        await UntilAsync($"{engine} runs", async () =>
        {
            var isOther = await RunsAsync(engine, otherThan);
            address = await InspectAsync(engine, "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
            return isOther && address.Length > 0;
        });
        using var http = new HttpClient { BaseAddress = new Uri($"http://{address}:2261"), Timeout = TimeSpan.FromSeconds(5) };
        await UntilAsync($"{engine} trades", async () =>
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return answer.StatusCode == HttpStatusCode.OK
                && (!trading || json.GetProperty("data").GetProperty("checks").GetProperty("feed").GetProperty("status").GetString() == "healthy");
        });
        return TimeProvider.System.GetUtcNow();
    }

    /// <summary>Waits until something is so; what is not there yet is asked again.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> ask)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (await ask())
                {
                    return;
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or JsonException or BenchException)
            {
                // Not there yet.
            }

            if (TimeProvider.System.GetElapsedTime(began) > Deadline)
            {
                throw new BenchException($"within {Deadline.TotalSeconds} s this did not happen: {what}");
            }

            await Task.Delay(LookInterval, TimeProvider.System);
        }
    }

    public Task HealthyAsync(string service) => UntilAsync($"{service} is healthy", async () =>
        await InspectAsync(await ComposeAsync("ps", "-q", service), "{{.State.Health.Status}}") == "healthy");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!File.Exists(_override))
        {
            return;
        }

        // The pod first, or it would make anew what is removed.
        await ComposeAsync("stop", "pod");
        var ours = "label=mao.installation=bench-" + Mark;
        await RemoveAsync(["ps", "--all", "--quiet", "--filter", ours, "--filter", "label=mao.account"], ["rm", "--force"]);
        await RemoveAsync(["volume", "ls", "--quiet", "--filter", ours], ["volume", "rm"]);
        await ComposeAsync("down", "--volumes", "--timeout", "10");
        await RemoveAsync(["network", "ls", "--quiet", "--filter", ours], ["network", "rm"]);
    }

    private static async Task<bool> RunsAsync(string container, DateTimeOffset? otherThan) =>
        await InspectAsync(container, "{{.State.Running}}") == "true" && (otherThan is null || await StartedAsync(container) != otherThan);

    private static async Task RemoveAsync(string[] list, string[] remove)
    {
        var found = (await Docker.RunAsync(list)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (found.Length > 0)
        {
            await Docker.RunAsync([.. remove, .. found]);
        }
    }

    private static Dictionary<string, object> Create(string accountId, string epic, string system, object parameters) => new(StringComparer.Ordinal)
    {
        ["accountId"] = accountId,
        ["op"] = "create",
        ["signal"] = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["epic"] = epic,
            ["system"] = system,
            ["timeFrame"] = 60,
            ["params"] = parameters,
        },
    };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docker-compose.yml")))
        {
            folder = folder.Parent ?? throw new BenchException("docker-compose.yml is not above this program: run it in a clone");
        }

        return folder.FullName;
    }

    private async Task BeginAsync(IReadOnlyList<string> accounts)
    {
        _environment["DOCKER_GID"] = await Docker.RunAsync("stat", ["-c", "%g", _environment["DOCKER_SOCKET"]], null);
        _environment["MAO_ACCOUNTS"] = string.Join(' ', accounts);
        await Docker.RunAsync(Path.Combine(Root(), "docker", "secrets.sh"), [_secrets], _environment);
        await File.WriteAllTextAsync(_override, Limits());
        await ComposeAsync("up", "-d", "--no-build");
        await HealthyAsync("pods-gateway");
        var text = await Docker.RunAsync("exec", await ComposeAsync("ps", "-q", "pods-gateway"), "cat", "/data/first-run.json");
        var file = JsonSerializer.Deserialize<FirstRunFile>(text, JsonSerializerOptions.Web)!;
        Token = await LogInAsync(file.User, file.Password);
        _admin = await LogInAsync(file.AdminUser, file.AdminPassword);
        foreach (var demo in file.Accounts.Select(account => account.AccountId).DefaultIfEmpty("demo1"))
        {
            await SwitchAsync(demo, "stop");
        }
    }

    /// <summary>The limits stay on and are never reached.</summary>
    private string Limits()
    {
        const string variables = """{RATE_LIMIT_REQUESTS: "1000000", RATE_LIMIT_WINDOW_SECONDS: "1", RATE_LIMIT_ORDERS_PER_HOUR: "1000000"}""";
        var services = _hasSecond ? (string[])["pods-gateway", "pods-gateway-b"] : ["pods-gateway"];
        return "services:\n" + string.Concat(services.Select(service => $"  {service}:\n    environment: {variables}\n"));
    }

    private async Task<string> LogInAsync(string user, string password) =>
        (await PostAsync("/auth/login", new { user, password }, "")).GetProperty("accessToken").GetString()!;

    private async Task<JsonElement> PostAsync(string path, object body, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        if (token.Length > 0)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var answer = await _http.SendAsync(request);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return json.GetProperty("code").GetInt32() == 0 ? json.GetProperty("data") : throw new BenchException($"{path} said {json}");
    }
}
