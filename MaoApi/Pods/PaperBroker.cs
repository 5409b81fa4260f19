using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MaoApi.Data;
using MaoApi.Hosting;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Pods;

/// <summary>The paper market all paper accounts trade on; started before the engines and stopped after them.</summary>
internal sealed class PaperBroker(
    IDbContextFactory<MaoHomeContext> contexts, DataFolder folder, GatewayOptions options, TimeProvider time) : ISupervised
{
    public const string Code = "paper";

    private const int FirstPort = 2460;
    private const string Host = "127.0.0.1";

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private readonly TaskCompletionSource _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => "paper broker";

    /// <summary>Short: nobody trades any more when it is asked to stop, and the whole stop may take 15 s.</summary>
    public TimeSpan StopTimeout => TimeSpan.FromSeconds(1);

    public PodTrace Trace { get; } = new(
        "", Path.Combine(folder.Paper, PodRecord.FileName), Path.Combine(folder.Paper, "stdout.jsonl"));

    /// <summary>The market's address, as soon as it listens: an engine that finds nobody there waits half a minute before it tries again.</summary>
    /// <param name="podHost">Where the engine reaches this process.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<string> UrlAsync(string podHost, CancellationToken cancellationToken)
    {
        await _listens.Task.WaitAsync(cancellationToken);
        return $"tcp://{podHost}:{await PortAsync(cancellationToken)}";
    }

    public async Task<PodLaunch> PrepareAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Paper);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var broker = await context.Brokers.SingleAsync(row => row.Code == Code, cancellationToken);
        var market = PaperMarket.Parse(broker.Config);
        market = market with { Port = FreePort.Choose(market.Port, FirstPort, new HashSet<int>()) };
        broker.Config = market.ToString();
        await context.SaveChangesAsync(cancellationToken);

        return EngineProgram.Launch(
            Name,
            Trace,
            "paper-broker",
            "--bind",
            options.Pods.Driver == PodDriverKind.Child ? Host : IPAddress.Any.ToString(),
            "--port",
            market.Port.Value.ToString(),
            "--data-dir",
            folder.Paper,
            "--market",
            "random",
            "--seed",
            market.Seed.ToString(),
            "--clock",
            "live",
            "--speed",
            options.PaperSpeed.ToString(CultureInfo.InvariantCulture),
            "--ledger",
            Path.Combine(folder.Paper, "ledger.jsonl"));
    }

    /// <summary>It has no name of its own; that it listens must do.</summary>
    public async Task<string?> IdentifyAsync(CancellationToken cancellationToken)
    {
        var port = await PortAsync(cancellationToken);
        while (!await ListensAsync(port, cancellationToken))
        {
            await Task.Delay(LookInterval, time, cancellationToken);
        }

        return null;
    }

    public Task ReportAsync(PodReport report, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task TroubledAsync(PodDriverException trouble, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReadyAsync(CancellationToken cancellationToken)
    {
        _listens.TrySetResult();
        return Task.CompletedTask;
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(Host, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<int> PortAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var config = await context.Brokers.Where(row => row.Code == Code).Select(row => row.Config).SingleAsync(cancellationToken);
        return PaperMarket.Parse(config).Port ?? 0;
    }
}

/// <summary>What is kept of the paper market (<c>brokers.config</c>).</summary>
/// <param name="Port">TCP port; null while it never started.</param>
/// <param name="Seed">Of the random prices.</param>
internal sealed record PaperMarket(int? Port, int Seed)
{
    public static PaperMarket Parse(string json) => JsonSerializer.Deserialize<PaperMarket>(json, JsonSerializerOptions.Web)!;

    public override string ToString() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
