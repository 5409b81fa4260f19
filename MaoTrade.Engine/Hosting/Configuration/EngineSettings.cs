using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Systems.Plugins;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Sessions;
using MaoTrade.Protocol.Tls;

namespace MaoTrade.Engine.Hosting.Configuration;

/// <summary>Options and configuration together, checked: every fault is found at once.</summary>
public sealed record EngineSettings(
    EngineOptions Options, EngineConfig Config, Uri BrokerUrl, TimeZoneInfo Zone, FrozenDictionary<string, MarketHours> Sessions)
{
    /// <summary>Reads and checks; null with every fault in the list.</summary>
    /// <param name="options">Flags and environment.</param>
    /// <param name="environment">Variables that are settings of the account.</param>
    /// <param name="faults">Every fault.</param>
    /// <param name="account">What the gateway says of the account: it stands above the file, below the environment.</param>
    public static EngineSettings? Read(
        EngineOptions options, Func<string, string?> environment, ICollection<string> faults, GatewayAccount? account = null)
    {
        if (options.AccountId.Length is 0 or > 40 || options.AccountId.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')))
        {
            faults.Add($"account-id: 1 to 40 of a–z, 0–9 and _ are expected, not '{options.AccountId}'");
        }

        Range(faults, "port", options.Port, 0, 65_535);
        Range(faults, "health-port", options.HealthPort, 0, 65_535);
        Range(faults, "ENGINE_CONNECTIONS", options.MaxConnections, 1, 1_000);
        Range(faults, "COMMAND_BASE", options.CommandBase, 0, 100_000);
        if (options.LogLevel is not ("debug" or "info" or "warning" or "error" or "critical"))
        {
            faults.Add($"LOG_LEVEL: debug, info, warning, error or critical is expected, not '{options.LogLevel}'");
        }

        var config = ReadConfig(options, faults);
        config = WithEnvironment(account?.Over(config) ?? config, environment, faults);
        var zone = Check(config, options, faults);
        var sessions = SessionReading.Read(config, zone, faults);
        var url = BrokerAddress(options, config, faults);
        var wire = WireReading.Read(options, faults);
        return faults.Count == 0 ? new EngineSettings(options, config, url!, zone!, sessions) { Account = account, Wire = wire } : null;
    }

    /// <summary>Whom the wire proves to be and whom it lets in; null where it is plain, on the loopback address.</summary>
    public WireIdentity? Wire { get; init; }

    /// <summary>What the gateway said of the account at the start; null where it said nothing.</summary>
    public GatewayAccount? Account { get; init; }

    /// <summary>What decisions need of it.</summary>
    public TradingRules Rules => new(
        Options.AccountId, Zone,
        Config.Symbols.ToFrozenDictionary(s => s.Epic, s => new SymbolRules(
            s.Epic, s.MinQty, s.MaxQty, s.QtyStep, s.PriceStep, s.Session is { } session ? Sessions[session] : null)
        {
            FeeRate = s.FeeRate,
            Currency = s.Currency,
        }))
    {
        ReconcileInterval = TimeSpan.FromSeconds(Config.ReconcileSeconds),
        SendsPushes = Options.Container.PushNotify,
    };

    /// <summary>Settings of the paper account manager.</summary>
    public PaperConfig Paper => Config.Broker?.Config ?? new PaperConfig();

    /// <summary>What a new account starts with.</summary>
    public AccountConfig AccountConfig => new(Config.TradingEnabled, Config.DailyCleanTime, Config.Risk, Config.Version);

    /// <summary>The plug-ins the configuration file lists now; null when it cannot be read.</summary>
    public IReadOnlyList<PluginEntry>? ReadPlugins()
    {
        var faults = new List<string>();
        var config = ReadConfig(Options, faults);
        config = Account?.Over(config) ?? config;
        return faults.Count == 0 ? [.. config.Plugins.Select(plugin => new PluginEntry(plugin.File, plugin.Sha256))] : null;
    }

    /// <summary>The models listed now; null when the configuration file cannot be read.</summary>
    /// <param name="account">What the gateway says now.</param>
    public IReadOnlyList<ModelConfig>? ReadModels(GatewayAccount? account)
    {
        var faults = new List<string>();
        var config = ReadConfig(Options, faults);
        config = account?.Over(config) ?? config;
        return faults.Count == 0 ? config.Models : null;
    }

    private static EngineConfig ReadConfig(EngineOptions options, ICollection<string> faults)
    {
        var file = options.ConfigFile ?? Path.Combine(options.AccountFolder, "engine.json");
        if (options.ConfigFile is null && !File.Exists(file))
        {
            return new EngineConfig();
        }

        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize(stream, EngineConfigJson.Default.EngineConfig) ?? throw new JsonException("the file holds null");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            faults.Add($"config {file}: {exception.Message}");
            return new EngineConfig();
        }
    }

    private static EngineConfig WithEnvironment(EngineConfig config, Func<string, string?> environment, ICollection<string> faults)
    {
        var trading = environment("TRADING_ENABLE");
        if (trading is not null && !bool.TryParse(trading, out _))
        {
            faults.Add($"TRADING_ENABLE: true or false is expected, not '{trading}'");
        }

        return config with
        {
            TimeZone = environment("TRADING_TIMEZONE") ?? config.TimeZone,
            DailyCleanTime = environment("DAILY_CLEAN_TIME") ?? config.DailyCleanTime,
            TradingEnabled = bool.TryParse(trading, out var enabled) ? enabled : config.TradingEnabled,
        };
    }

    private static TimeZoneInfo? Check(EngineConfig config, EngineOptions options, ICollection<string> faults)
    {
        if (config.AccountId is { } meant && meant != options.AccountId)
        {
            faults.Add($"config accountId: it is meant for '{meant}', this engine is for '{options.AccountId}'");
        }

        if (!TimeOnly.TryParseExact(config.DailyCleanTime, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            faults.Add($"dailyCleanTime: a time HH:mm is expected, not '{config.DailyCleanTime}'");
        }

        Range(faults, "broker.config.answerTimeoutMs", (config.Broker?.Config ?? new PaperConfig()).AnswerTimeoutMs, 50, 120_000);
        Range(faults, "systemDeadlineMs", config.SystemDeadlineMs, 100, 60_000);
        Range(faults, "reconcileSeconds", config.ReconcileSeconds, 1, 86_400);
        foreach (var twice in config.Symbols.GroupBy(s => s.Epic).Where(g => g.Count() > 1))
        {
            faults.Add($"symbols: {twice.Key} stands there more than once");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(config.TimeZone, out var zone))
        {
            faults.Add($"timeZone: an IANA name is expected, not '{config.TimeZone}'");
        }

        return zone;
    }

    private static Uri? BrokerAddress(EngineOptions options, EngineConfig config, ICollection<string> faults)
    {
        var code = options.Broker;
        if (code != "paper")
        {
            faults.Add($"broker: paper is expected, not '{code}'");
        }

        var text = options.BrokerUrl ?? config.Broker?.Url;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "tcp", Port: > 0 })
        {
            return url;
        }

        faults.Add($"broker-url: tcp://host:port is expected, not '{text}'");
        return null;
    }

    private static void Range(ICollection<string> faults, string name, int value, int min, int max)
    {
        if (value < min || value > max)
        {
            faults.Add($"{name}: {min} to {max} is expected, not {value}");
        }
    }
}
