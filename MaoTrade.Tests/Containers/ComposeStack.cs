using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Containers;

/// <summary>
/// A profile of docker-compose.yml with the images of docker/build.sh. Removed with the tests, volumes and all.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The test framework ends it by DisposeAsync.")]
public abstract class ComposeStack : IAsyncLifetime
{
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _secrets = new();
    private readonly string _profile;
    private readonly string _gateway;
    private readonly Dictionary<string, string> _environment;

    /// <summary>Nothing runs yet.</summary>
    /// <param name="profile">Of docker-compose.yml.</param>
    /// <param name="gateway">The service that serves the API.</param>
    /// <param name="environment">Variables of docker-compose.yml beside those every profile has.</param>
    protected ComposeStack(string profile, string gateway, IReadOnlyDictionary<string, string> environment)
    {
        _profile = profile;
        _gateway = gateway;
        var port = ChildProcess.FreePort();

        // Networks left behind by a Docker engine that was killed must not be in the way; Compose makes those of all profiles.
        var place = Guid.NewGuid().ToByteArray();
        var pool = $"10.{232 + (place[0] % 8)}.{place[1]}";
        _environment = new Dictionary<string, string>(environment, StringComparer.Ordinal)
        {
            ["MAO_PORT"] = port.ToString(),
            ["PROMETHEUS_PORT"] = ChildProcess.FreePort().ToString(),
            ["MAO_SECRETS"] = _secrets.Path,
            ["MT_DEMO1_SUBNET"] = pool + ".0/28",
            ["MT_DEMO2_SUBNET"] = pool + ".16/28",
            ["COMPOSE_PROJECT_NAME"] = "mao" + Guid.NewGuid().ToString("N")[..8],
        };
        Api = new StackApi(new Uri($"http://127.0.0.1:{port}"));
    }

    public StackApi Api { get; }

    /// <summary>Accounts that have certificates and keys before the first start.</summary>
    protected virtual string[] FirstAccounts => ["demo1", "demo2"];

    public async Task InitializeAsync()
    {
        if (new ContainerFactAttribute().Skip is not null)
        {
            return;
        }

        await MakeSecretsAsync(FirstAccounts);
        await UpAsync();
        await Until.TrueAsync("the gateway is healthy", Deadline, async () => await InspectAsync(_gateway, "{{.State.Health.Status}}") == "healthy");
        var firstRun = JsonElement.Parse(await ReadAsync(_gateway, "/data/first-run.json"));
        await BeginAsync(firstRun);
    }

    public virtual async Task DisposeAsync()
    {
        Api.Dispose();
        if (new ContainerFactAttribute().Skip is null)
        {
            await ComposeAsync("down", "--volumes", "--timeout", "10");
        }

        _secrets.Dispose();
    }

    /// <summary>Certificates and keys of accounts, as an operator makes them.</summary>
    public Task MakeSecretsAsync(params string[] accounts) => Command.RunAsync(
        Path.Combine(Repository.Root, "docker", "secrets.sh"),
        [_secrets.Path],
        new Dictionary<string, string>(StringComparer.Ordinal) { ["MAO_ACCOUNTS"] = string.Join(' ', accounts) });

    /// <summary>Starts whatever of it does not run.</summary>
    public Task UpAsync() => ComposeAsync("up", "-d", "--no-build");

    public Task<string> ComposeAsync(params string[] words) => Command.RunAsync(
        "docker-compose", ["-f", Path.Combine(Repository.Root, "docker-compose.yml"), "--profile", _profile, .. words], _environment);

    /// <summary>Id of a service's container.</summary>
    public virtual Task<string> ContainerAsync(string service) => ComposeAsync("ps", "-q", service);

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

    /// <summary>0 when something listens there. The images hold no network tools: the shell of Debian's bash connects.</summary>
    public async Task<int> ConnectAsync(string service, string host, int port)
    {
        var (code, _, _) = await ExecAsync(service, "timeout", "5", "bash", "-c", $"exec 3<>/dev/tcp/{host}/{port}");
        return code;
    }

    /// <summary>What follows once the gateway is healthy.</summary>
    protected virtual Task BeginAsync(JsonElement firstRun) =>
        Api.LogInAsync(firstRun.GetProperty("user").GetString()!, firstRun.GetProperty("password").GetString()!);
}
