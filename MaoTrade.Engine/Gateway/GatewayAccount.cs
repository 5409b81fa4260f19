using System.Text.Json;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Orders.Risk;

namespace MaoTrade.Engine.Gateway;

/// <summary>
/// What the gateway says of the account (<c>/mt/config</c>). Members it leaves out are as <c>engine.json</c> has them; members of a later
/// version are ignored.
/// </summary>
public sealed record GatewayAccount
{
    public string? AccountId { get; set; }

    public int? Version { get; set; }

    public GatewayBroker? Broker { get; set; }

    /// <summary>What the account manager logs in with, secret.</summary>
    public JsonElement? AccountData { get; set; }

    public IReadOnlyList<SymbolConfig>? Symbols { get; set; }

    public RiskLimits? Risk { get; set; }

    public IReadOnlyList<PluginConfig>? Plugins { get; set; }

    /// <summary>The versions of models in use for the account.</summary>
    public IReadOnlyList<ModelConfig>? Models { get; set; }

    /// <summary>Switches: name to on or off.</summary>
    public IReadOnlyDictionary<string, bool>? Flags { get; set; }

    /// <summary>False where systems that use models open nothing.</summary>
    public bool AllowsModels => Flags is null || !Flags.TryGetValue("ai_adaptive", out var isOn) || isOn;

    /// <summary>The configuration with what is said here in place of what the file says.</summary>
    public EngineConfig Over(EngineConfig file) => file with
    {
        AccountId = AccountId ?? file.AccountId,
        Version = Version ?? file.Version,
        Symbols = Symbols is null ? file.Symbols : [.. Symbols.Select(symbol => WithHours(symbol, file))],
        Risk = Risk ?? file.Risk,
        Plugins = Plugins is { Count: > 0 } plugins ? plugins : file.Plugins,
        Models = Models is { Count: > 0 } models ? models : file.Models,
        AccountData = AccountData ?? file.AccountData,
    };

    /// <summary>Market hours lie in the file alone: a symbol keeps those it has there.</summary>
    private static SymbolConfig WithHours(SymbolConfig symbol, EngineConfig file) =>
        symbol.Session is { } session && file.Sessions.Any(hours => hours?.Name == session)
            ? symbol
            : symbol with { Session = file.Symbols.FirstOrDefault(known => known.Epic == symbol.Epic)?.Session };

    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"account {AccountId}, version {Version}";
}

/// <summary>The broker as the gateway knows it.</summary>
public sealed record GatewayBroker
{
    public string? Code { get; set; }

    /// <summary>Name of the account manager's class.</summary>
    public string? Amclass { get; set; }
}
