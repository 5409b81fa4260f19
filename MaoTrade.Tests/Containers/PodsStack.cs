using System.Text.Json;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Containers;

/// <summary>
/// The profile <c>pods</c>: a gateway, and a pod that holds the socket and makes the engines. Two accounts are added as an operator
/// does; the demo accounts have no certificates here, and so no engines.
/// </summary>
public sealed class PodsStack() : ComposeStack("pods", "pods-gateway", Variables)
{
    private const string DefaultSocket = "/var/run/docker.sock";

    /// <summary>Containers have their names from accounts: those of another run on the same Docker engine have others.</summary>
    private static readonly string Mark = Guid.NewGuid().ToString("N")[..6];
    private static readonly byte[] Place = Guid.NewGuid().ToByteArray();

    /// <summary>The accounts that were added.</summary>
    public static string North => "north" + Mark;

    public static string South => "south" + Mark;

    /// <summary>Addresses of their networks.</summary>
    public static string Pool => $"10.{232 + (Place[0] % 8)}.{Place[1]}.0/24";

    public static string Installation => "test-" + Mark;

    /// <summary>The first account had none at first: what the pod said of that.</summary>
    public string WithoutCertificate { get; private set; } = "";

    protected override string[] FirstAccounts => [];

    private static string Socket => Environment.GetEnvironmentVariable("DOCKER_HOST") is { } host && host.StartsWith("unix://", StringComparison.Ordinal)
        ? host["unix://".Length..]
        : DefaultSocket;

    private static Dictionary<string, string> Variables => new(StringComparer.Ordinal)
    {
        ["MAO_INSTALLATION"] = Installation,
        ["POD_SUBNET_POOL"] = Pool,
        ["DOCKER_SOCKET"] = Socket,
        ["DOCKER_GID"] = Programs.Find("stat") is null || !File.Exists(Socket) ? "0" : Command.RunAsync("stat", ["-c", "%g", Socket]).GetAwaiter().GetResult(),
    };

    /// <summary>An engine is no service: its container is called after the account.</summary>
    public override Task<string> ContainerAsync(string service) =>
        service.StartsWith("mt-", StringComparison.Ordinal) ? Task.FromResult(service) : base.ContainerAsync(service);

    /// <summary>The command line in the gateway's container; what it wrote.</summary>
    public async Task<string> MaoAsync(params string[] words)
    {
        var (code, output, error) = await ExecAsync("pods-gateway", ["mao", .. words]);
        code.Should().Be(0, "mao {0} said: {1}{2}", string.Join(' ', words), error, output);
        return output;
    }

    /// <summary>What the table of pods says of an account.</summary>
    public async Task<JsonElement> PodAsync(string accountId) => JsonElement.Parse(await MaoAsync("engine", "list", "--json"))
        .GetProperty("items").EnumerateArray().Single(pod => pod.GetProperty("accountId").GetString() == accountId);

    /// <summary>Waits until an account's engine itself says that it is ready.</summary>
    public Task ReadyAsync(string accountId) => Until.TrueAsync($"the engine of {accountId} is ready", Deadline, async () =>
        (await ExecAsync("mt-" + accountId, "dotnet", "/app/MaoTrade.Engine.dll", "health")).Code == 0);

    public override async Task DisposeAsync()
    {
        if (new ContainerFactAttribute().Skip is null)
        {
            // The pod first, or it would make anew what is removed.
            await ComposeAsync("stop", "pod");
            foreach (var kind in (string[][])[["ps", "--all"], ["volume", "ls"]])
            {
                var found = await Command.RunAsync("docker", [.. kind, "--quiet", "--filter", "label=mao.installation=" + Installation, "--filter", "label=mao.account"]);
                foreach (var name in found.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    await Command.RunAsync("docker", kind[0] == "ps" ? ["rm", "--force", "--volumes", name] : ["volume", "rm", name]);
                }
            }
        }

        await base.DisposeAsync();
        if (new ContainerFactAttribute().Skip is null)
        {
            var networks = await Command.RunAsync("docker", ["network", "ls", "--quiet", "--filter", "label=mao.installation=" + Installation]);
            foreach (var network in networks.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                await Command.RunAsync("docker", ["network", "rm", network]);
            }
        }
    }

    protected override async Task BeginAsync(JsonElement firstRun)
    {
        await base.BeginAsync(firstRun);
        foreach (var accountId in (string[])[North, South])
        {
            await MaoAsync("account", "add", accountId, "--user", "demo", "--demo");
            await MaoAsync("engine", "start", accountId);
        }

        await Until.TrueAsync("the pod misses a certificate", Deadline, async () =>
            (WithoutCertificate = (await PodAsync(North)).GetProperty("detail").GetString() ?? "").Length > 0);
        await MakeSecretsAsync(North, South);
        await Task.WhenAll(ReadyAsync(North), ReadyAsync(South));
    }
}
