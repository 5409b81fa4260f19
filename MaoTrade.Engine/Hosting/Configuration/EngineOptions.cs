using System.Net;
using MaoTrade.Engine.Gateway;
using MaoTrade.Protocol.Tls;

namespace MaoTrade.Engine.Hosting.Configuration;

/// <summary>How one engine process runs: flags, else environment, else defaults.</summary>
public sealed record EngineOptions
{
    /// <summary>The account, [a-z0-9_]{1,40}. Flag --account-id, environment ACCOUNT_ID. Required.</summary>
    public required string AccountId { get; init; }

    /// <summary>Folder that holds <c>accounts/</c>. Flag --data-dir, environment MAO_DATA_DIR. Default <c>data</c>.</summary>
    public required string DataDir { get; init; }

    /// <summary>Address of wire and health. Off the loopback address the wire needs <see cref="Wire"/>. Flag --bind, environment ENGINE_BIND. Default 127.0.0.1.</summary>
    public required IPAddress Bind { get; init; }

    /// <summary>Port of the wire, 0 = any. Flag --port, environment ENGINE_PORT. Default 2260.</summary>
    public required int Port { get; init; }

    /// <summary>Port of health, 0 = any. Flag --health-port, environment HEALTH_PORT. Default 2261.</summary>
    public required int HealthPort { get; init; }

    /// <summary>The account manager. Flag --broker. Default paper.</summary>
    public required string Broker { get; init; }

    /// <summary>Address of the broker, tcp://host:port. Flag --broker-url, environment BROKER_URL. Required unless the configuration file has it.</summary>
    public string? BrokerUrl { get; init; }

    /// <summary>The account's configuration file. Flag --config. Default <c>engine.json</c> in the account's folder, if it is there.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Started by a supervisor: SIGINT and SIGHUP are ignored, SIGTERM is obeyed. Flag --supervised.</summary>
    public bool Supervised { get; init; }

    /// <summary>Least level of the log: debug, info, warning, error or critical. Environment LOG_LEVEL. Default info.</summary>
    public required string LogLevel { get; init; }

    /// <summary>Wire connections at once, 1–1000. Environment ENGINE_CONNECTIONS. Default 10.</summary>
    public required int MaxConnections { get; init; }

    /// <summary>Number added to our own srvIds, 0–100000. Environment COMMAND_BASE. Default 0.</summary>
    public required int CommandBase { get; init; }

    /// <summary>The gateway of the account; null = none. Environment GATEWAY_URL, SERVICE_KEY_FILE. Default none.</summary>
    public GatewayOptions? Gateway { get; init; }

    /// <summary>Certificates of the wire, for other machines and containers; unused on the loopback address. Environment WIRE_TLS_CA, WIRE_TLS_CERT, WIRE_TLS_KEY. Default none.</summary>
    public WireFiles? Wire { get; init; }

    /// <summary>What a container's environment says beyond the flags.</summary>
    public ContainerVariables Container { get; init; } = new();

    /// <summary>Where the account's rows lie. Environment DB_PROVIDER, DB_HOSTNAME, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_PASSWORD_FILE, DB_POOL. Default a file.</summary>
    public StoreOptions Store { get; init; } = new();

    /// <summary>The account's folder.</summary>
    public string AccountFolder => Path.Combine(DataDir, "accounts", AccountId);
}
