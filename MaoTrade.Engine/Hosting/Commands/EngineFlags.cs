using System.CommandLine;
using System.Globalization;
using System.Net;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Protocol.Tls;

namespace MaoTrade.Engine.Hosting.Commands;

/// <summary>The flags of <c>run</c> and <c>check-config</c>; the environment fills in what is left out.</summary>
internal sealed class EngineFlags
{
    private readonly Option<string> _accountId = Text("--account-id", "The account: 1 to 40 of a–z, 0–9 and _", "ACCOUNT_ID", "");
    private readonly Option<string> _dataDir = Text("--data-dir", "Folder that holds accounts/", "MAO_DATA_DIR", "data");
    private readonly Option<string> _bind = Text("--bind", "Address of wire and health", "ENGINE_BIND", "127.0.0.1");
    private readonly Option<int> _port = Number("--port", "Port of the wire, 0 = any", "ENGINE_PORT", 2260);
    private readonly Option<int> _healthPort = Number("--health-port", "Port of health, 0 = any", "HEALTH_PORT", 2261);
    private readonly Option<string> _broker = Text("--broker", "Account manager: paper", null, "paper");
    private readonly Option<string?> _brokerUrl = new("--broker-url")
    {
        Description = "Address of the broker, tcp://host:port",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("BROKER_URL"),
    };


    private readonly Option<string?> _config = new("--config") { Description = "Configuration file; default engine.json in the account's folder" };
    private readonly Option<bool> _supervised = new("--supervised") { Description = "Started by a supervisor: SIGINT and SIGHUP are ignored" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _accountId, _dataDir, _bind, _port, _healthPort, _broker, _brokerUrl, _config, _supervised })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The settings, or null with every fault in the list.</summary>
    public EngineSettings? Read(ParseResult result, ICollection<string> faults) =>
        EngineSettings.Read(ReadOptions(result, faults), Environment.GetEnvironmentVariable, faults);

    /// <summary>Flags and environment alone, not yet checked.</summary>
    public EngineOptions ReadOptions(ParseResult result, ICollection<string> faults)
    {
        if (!IPAddress.TryParse(result.GetValue(_bind), out var bind))
        {
            faults.Add($"bind: an IP address is expected, not '{result.GetValue(_bind)}'");
        }

        return new EngineOptions
        {
            AccountId = result.GetValue(_accountId)!,
            DataDir = Path.GetFullPath(result.GetValue(_dataDir)!),
            Bind = bind ?? IPAddress.Loopback,
            Port = result.GetValue(_port),
            HealthPort = result.GetValue(_healthPort),
            Broker = result.GetValue(_broker)!,
            BrokerUrl = result.GetValue(_brokerUrl),
            ConfigFile = result.GetValue(_config),
            Supervised = result.GetValue(_supervised),
            LogLevel = Environment.GetEnvironmentVariable("LOG_LEVEL")?.ToLowerInvariant() ?? "info",
            MaxConnections = FromEnvironment("ENGINE_CONNECTIONS", 10, faults),
            CommandBase = FromEnvironment("COMMAND_BASE", 0, faults),
            Gateway = GatewayOptions.Read(Environment.GetEnvironmentVariable, faults),
            Store = StoreOptions.Read(result.GetValue(_accountId)!, Environment.GetEnvironmentVariable, faults),
            Container = ContainerVariables.Read(Environment.GetEnvironmentVariable, faults),
            Wire = WireFiles.Read(Environment.GetEnvironmentVariable, faults.Add),
        };
    }

    private static Option<string> Text(string name, string description, string? variable, string otherwise) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => (variable is null ? null : Environment.GetEnvironmentVariable(variable)) ?? otherwise,
    };

    private static Option<int> Number(string name, string description, string variable, int otherwise) => new(name)
    {
        Description = description,
        DefaultValueFactory = result =>
        {
            if (Environment.GetEnvironmentVariable(variable) is not { } text)
            {
                return otherwise;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            result.AddError($"{variable}: a whole number is expected, not '{text}'");
            return otherwise;
        },
    };

    private static int FromEnvironment(string variable, int otherwise, ICollection<string> faults)
    {
        if (Environment.GetEnvironmentVariable(variable) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        faults.Add($"{variable}: a whole number is expected, not '{text}'");
        return otherwise;
    }
}
