using System.Text.Json;
using System.Text.Json.Serialization;
using MaoTrade.Engine.Orders.Risk;

namespace MaoTrade.Engine.Hosting.Configuration;

/// <summary>
/// The account's configuration, <c>engine.json</c>, written by the pod. Settable, because generated readers give what is
/// absent in the file no value at all where a property can only be initialised.
/// </summary>
public sealed record EngineConfig
{
    /// <summary>The account it is meant for; when given it must be the engine's.</summary>
    public string? AccountId { get; set; }

    /// <summary>Name for people.</summary>
    public string? AccountName { get; set; }

    /// <summary>Version of the stored configuration.</summary>
    public int Version { get; set; } = 1;

    public BrokerConfig? Broker { get; set; }

    /// <summary>What the account manager logs in with, secret; from the gateway.</summary>
    public JsonElement? AccountData { get; set; }

    /// <summary>Bounds and steps of instruments.</summary>
    public IReadOnlyList<SymbolConfig> Symbols { get; set; } = [];

    /// <summary>Market hours by name.</summary>
    public IReadOnlyList<SessionConfig?> Sessions { get; set; } = [];

    /// <summary>Limits of a new account; later the engine's own store holds them.</summary>
    public RiskLimits Risk { get; set; } = new();

    /// <summary>Time zone of the account and of sessions that name none, IANA name. Default Europe/Rome; environment TRADING_TIMEZONE.</summary>
    public string TimeZone { get; set; } = "Europe/Rome";

    /// <summary>When the day is cleaned, HH:mm. Default 23:45; environment DAILY_CLEAN_TIME.</summary>
    public string DailyCleanTime { get; set; } = "23:45";

    /// <summary>Longest call into a trading system, ms, 100–60000; one that lasts longer is put in error. Default 1000.</summary>
    public int SystemDeadlineMs { get; set; } = 1_000;

    /// <summary>How often the account is compared with the broker while it trades, seconds, 1–86400. Default 60.</summary>
    public int ReconcileSeconds { get; set; } = 60;

    /// <summary>Assemblies with further trading systems, in <c>plugins/</c> of the account's folder.</summary>
    public IReadOnlyList<PluginConfig> Plugins { get; set; } = [];

    /// <summary>Trained models, in <c>models/</c> of the account's folder.</summary>
    public IReadOnlyList<ModelConfig> Models { get; set; } = [];

    /// <summary>False: history only. Default true; environment TRADING_ENABLE.</summary>
    public bool TradingEnabled { get; set; } = true;
}

/// <summary>The broker of an account.</summary>
public sealed record BrokerConfig
{
    /// <summary>Name of the account manager.</summary>
    public string Code { get; set; } = "paper";

    public string? Url { get; set; }

    /// <summary>Settings of that account manager.</summary>
    public PaperConfig Config { get; set; } = new();
}

/// <summary>Settings of the paper account manager.</summary>
public sealed record PaperConfig
{
    /// <summary>How long an answer may take before its outcome is unknown, ms, 50–120000. Default 2000.</summary>
    public int AnswerTimeoutMs { get; set; } = 2_000;
}

/// <summary>An instrument as the configuration knows it.</summary>
public sealed record SymbolConfig
{
    public required string Epic { get; init; }

    public string? BrokerEpic { get; init; }

    public string? Name { get; init; }

    public decimal? MinQty { get; init; }

    public decimal? MaxQty { get; init; }

    public decimal? QtyStep { get; init; }

    public decimal? PriceStep { get; init; }

    public string? Currency { get; init; }

    /// <summary>What a fill costs, as a part of quantity · price; null = not known.</summary>
    public decimal? FeeRate { get; init; }

    /// <summary>Name of its market hours in <see cref="EngineConfig.Sessions"/>; null = always open.</summary>
    public string? Session { get; init; }
}

/// <summary>JSON of <c>engine.json</c>; members of a later version are ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EngineConfig))]
internal sealed partial class EngineConfigJson : JsonSerializerContext;
