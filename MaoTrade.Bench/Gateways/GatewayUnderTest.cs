using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using MaoApi.Hosting;
using MaoApi.Pods;
using MaoTrade.Bench.Processes;

namespace MaoTrade.Bench.Gateways;

/// <summary>The product as a user starts it: gateway, paper market and two demo engines, on a data folder of their own.</summary>
internal sealed class GatewayUnderTest
{
    /// <summary>The demo account the benchmarks use.</summary>
    public const string AccountId = "demo1";

    /// <summary>What services prove themselves with in the classic way, which has no nonces: of those a key has 20,000 a minute.</summary>
    public const string ServicePhrase = "the phrase of the benchmarks";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private GatewayUnderTest(RunningServer gateway, RunningServer engine, string token, string folder) =>
        (Gateway, Engine, Token, DataFolder) = (gateway, engine, token, folder);

    public RunningServer Gateway { get; }

    /// <summary>The engine of <see cref="AccountId"/>.</summary>
    public RunningServer Engine { get; }

    /// <summary>Access token of the demo user.</summary>
    public string Token { get; }

    /// <summary>The folder of everything the gateway keeps.</summary>
    public string DataFolder { get; }

    /// <summary>Folder of the engine's day files.</summary>
    public string EngineLogs => Path.Combine(DataFolder, "accounts", AccountId, "logs");

    /// <summary>Starts everything, for so many downloads at once, and logs in.</summary>
    public static async Task<GatewayUnderTest> StartAsync(Children children, int downloads)
    {
        var folder = children.CreateFolder();
        var start = new ProcessStartInfo(Runtime.Program, [Program(), "--data-dir", folder, "--port", "0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        RaiseLimits(start.Environment);
        start.Environment["SERVICE_CERT_PHRASE"] = ServicePhrase;
        start.Environment["ENGINE_DOWNLOADS"] = downloads.ToString();
        start.Environment["ENGINE_CONNECTIONS"] = (downloads + 16).ToString();
        var process = children.Start(start);
        var file = await WaitAsync(process, folder);
        AdoptAll(children, folder);
        var address = new Uri(file.Url);
        var account = file.Accounts.First(account => account.AccountId == AccountId);
        var engine = PodRecord.Read(Path.Combine(folder, "accounts", AccountId, "pod.json"))
            ?? throw new BenchException("the gateway has no record of its engine");
        return new GatewayUnderTest(
            new RunningServer(new IPEndPoint(IPAddress.Loopback, address.Port), process.Id),
            new RunningServer(new IPEndPoint(IPAddress.Loopback, account.Port!.Value), engine.Process.ProcessId),
            await LogInAsync(address, file), folder);
    }

    /// <summary>Writes the key that verifies the gateway's tokens, as PEM. Returns the file.</summary>
    public async Task<string> WritePublicKeyAsync(Children children)
    {
        var signing = Directory.GetFiles(Path.Combine(DataFolder, "keys"), "signing-*.pem").Order(StringComparer.Ordinal).Last();
        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(signing));
        var path = Path.Combine(children.CreateFolder(), "public.pem");
        await File.WriteAllTextAsync(path, key.ExportSubjectPublicKeyInfoPem());
        return path;
    }

    /// <summary>The limits stay on and are never reached.</summary>
    public static void RaiseLimits(IDictionary<string, string?> environment)
    {
        environment["RATE_LIMIT_REQUESTS"] = "1000000";
        environment["RATE_LIMIT_WINDOW_SECONDS"] = "1";
        environment["RATE_LIMIT_ORDERS_PER_HOUR"] = "1000000";
        environment["RATE_LIMIT_HEAVY_PER_HOUR"] = "1000000";
        environment["RATE_LIMIT_ANONYMOUS_PER_MINUTE"] = "1000000";
        environment["LIVE_CLIENTS_PER_USER"] = "1000000";
    }

    /// <summary>The gateway that was built beside this program.</summary>
    public static string Program()
    {
        var bench = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(
            bench.Parent!.Parent!.Parent!.Parent!.FullName, "MaoApi", "bin", bench.Parent.Name, bench.Name, "MaoApi.dll");
        return File.Exists(program) ? program : throw new BenchException($"{program} is not there: build the solution first");
    }

    /// <summary>The welcome says that the engines trade.</summary>
    private static async Task<FirstRunFile> WaitAsync(Process process, string folder)
    {
        using var deadline = new CancellationTokenSource(StartTimeout, TimeProvider.System);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
            {
                if (line.StartsWith("MaoTrade is trading", StringComparison.Ordinal))
                {
                    _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                    return Read(folder);
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new BenchException($"the engines do not trade after {StartTimeout.TotalSeconds:F0} s");
        }

        throw new BenchException("the gateway ended while it started");
    }

    private static FirstRunFile Read(string folder) =>
        JsonSerializer.Deserialize<FirstRunFile>(File.ReadAllBytes(Path.Combine(folder, "first-run.json")), JsonSerializerOptions.Web)!;

    /// <summary>Engines live in sessions of their own and would outlive a gateway that is killed.</summary>
    private static void AdoptAll(Children children, string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "pod.json", SearchOption.AllDirectories))
        {
            if (PodRecord.Read(path) is { } record)
            {
                children.Adopt(record.Process.ProcessId);
            }
        }
    }

    private static async Task<string> LogInAsync(Uri address, FirstRunFile file)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var answer = await http.PostAsJsonAsync(new Uri("/auth/login", UriKind.Relative), new { user = file.User, password = file.Password });
        using var json = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
        return json.RootElement.GetProperty("data").TryGetProperty("accessToken", out var token)
            ? token.GetString()!
            : throw new BenchException($"the log-in was refused: {json.RootElement}");
    }
}
