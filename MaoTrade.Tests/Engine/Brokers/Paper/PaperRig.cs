using MaoTrade.Engine.Brokers.Paper.Client;
using MaoTrade.Engine.Brokers.Paper.Server;

namespace MaoTrade.Tests.Engine.Brokers.Paper;

/// <summary>A paper broker in this process, in lockstep on a folder of its own, with the peers connected to it.</summary>
internal sealed class PaperRig : IAsyncDisposable
{
    public const string Epic = "TEST";
    public const int Day = 86_400;

    private static readonly PaperClientOptions Quick = new() { FirstRetryDelay = TimeSpan.FromMilliseconds(5) };

    private readonly List<PaperPeer> _peers = [];
    private readonly TimeProvider _clock;

    private PaperRig(string folder, PaperBrokerOptions options, TimeProvider clock)
    {
        Folder = folder;
        Options = options;
        _clock = clock;
        Server = new PaperBrokerServer(options, clock);
    }

    public string Folder { get; }

    public PaperBrokerOptions Options { get; private set; }

    public PaperBrokerServer Server { get; private set; }

    public string[] Ledger => File.ReadAllLines(Options.LedgerFile!);

    /// <summary>A broker on the bars of a CSV text; without one on the random market.</summary>
    public static async Task<PaperRig> StartAsync(
        string? csv = null, Func<PaperBrokerOptions, PaperBrokerOptions>? with = null, TimeProvider? clock = null)
    {
        var folder = Directory.CreateTempSubdirectory("maotrade-paper-").FullName;
        var options = new PaperBrokerOptions
        {
            DataDirectory = Path.Combine(folder, "paper"),
            LedgerFile = Path.Combine(folder, "ledger.jsonl"),
            Clock = PaperClockMode.Lockstep,
            Spread = 0,
        };
        if (csv is not null)
        {
            options = options with { Market = Path.Combine(folder, "test.csv") };
            await File.WriteAllTextAsync(options.Market, csv);
        }

        var rig = new PaperRig(folder, with?.Invoke(options) ?? options, clock ?? TimeProvider.System);
        await rig.Server.StartAsync();
        return rig;
    }

    /// <summary>Daily bars from 2026-01-01 on; each text is "open high low close".</summary>
    public static string Bars(params string[] bars) => "date,open,high,low,close\n" + string.Concat(
        bars.Select((bar, i) => $"{new DateOnly(2026, 1, 1).AddDays(i):yyyy-MM-dd},{bar.Replace(' ', ',')}\n"));

    public static long Frame(int bar) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(bar).ToUnixTimeSeconds();

    /// <summary>An account that is connected.</summary>
    public async Task<PaperPeer> ConnectAsync(string account = "demo", PaperClientOptions? options = null, TimeProvider? clock = null)
    {
        var peer = new PaperPeer(new PaperAccountManager("127.0.0.1", Server.Port, account, options ?? Quick, clock));
        _peers.Add(peer);
        await peer.NextAsync<MaoTrade.Engine.Brokers.BrokerConnected>();
        return peer;
    }

    /// <summary>An account that is connected and gets daily frames.</summary>
    public async Task<PaperPeer> SubscribedAsync(string account = "demo", PaperClientOptions? options = null)
    {
        var peer = await ConnectAsync(account, options);
        (await peer.Manager.SubscribeAsync(Epic, Day, default)).Should().Be(MaoTrade.Engine.Brokers.MarketDataResult.Ok);
        return peer;
    }

    /// <summary>Ends the broker as it stands and starts it again on its database, on the same port.</summary>
    public async Task RestartAsync(Func<PaperBrokerOptions, PaperBrokerOptions>? with = null)
    {
        await Server.DisposeAsync();
        Options = with?.Invoke(Options) ?? Options;
        Server = new PaperBrokerServer(Options with { Port = Server.Port }, _clock);
        await Server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
        {
            await peer.DisposeAsync();
        }

        await Server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
