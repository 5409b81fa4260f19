using System.CommandLine;
using System.Net;
using MaoApi.Auth;
using MaoApi.Auth.Firebase;
using MaoApi.Auth.Services;
using MaoApi.Commands;
using MaoApi.Engines;
using MaoApi.Live;
using MaoApi.Logs;
using MaoApi.MarketData;
using MaoApi.News;
using MaoApi.Pods;
using MaoApi.Secrets;
using MaoApi.Telemetry;

namespace MaoApi.Hosting;

/// <summary>Flags and environment of the gateway. Every error is named, not only the first.</summary>
internal sealed class CommandLine
{
    private readonly SettingsReader _settings;

    private readonly Option<string?> _dataDir = new("--data-dir") { Description = "folder of everything that is kept (MAO_DATA_DIR, default data)" };
    private readonly Option<string?> _port = new("--port") { Description = "TCP port, 0 = any (MAO_PORT, default 8000)" };
    private readonly Option<string?> _bind = new("--bind") { Description = "address to listen on (MAO_BIND, default 127.0.0.1)" };
    private readonly Option<string?> _role = new("--role") { Description = "api, pod, data, comma-separated (MAO_ROLE, default all)" };
    private readonly Option<string?> _podDriver = new("--pod-driver") { Description = "where engines run: child, docker or kubernetes (MAO_POD_DRIVER, default child)" };
    private readonly Option<string?> _speed = new("--paper-speed") { Description = "speed of the paper market (MAO_PAPER_SPEED, default 60)" };
    private readonly Option<bool> _keepEngines = new("--keep-engines") { Description = "leave the engines running when the gateway stops" };
    private readonly Option<bool> _allowDemo = new("--allow-demo") { Description = "serve demo users to other machines" };

    private CommandLine(Func<string, string?> environment) => _settings = new SettingsReader(environment);

    /// <summary>
    /// Runs the verb that was named. Without one, reads the options and runs the gateway with them, or writes what is wrong and returns 64.
    /// </summary>
    public static Task<int> RunAsync(string[] args, Func<GatewayOptions, Task<int>> run) =>
        RunAsync(args, CommandConsole.OfProcess(), run);

    /// <summary>The options a gateway would have here without flags.</summary>
    /// <param name="environment">Variables by name.</param>
    /// <param name="faults">What is wrong with them.</param>
    public static GatewayOptions ReadEnvironment(Func<string, string?> environment, out IReadOnlyList<string> faults)
    {
        var line = new CommandLine(environment);
        var options = line.Read(line.Root().Parse([]), line.ReadEnvironment());
        line.CheckTogether(options);
        faults = line._settings.Errors;
        return options;
    }

    internal static async Task<int> RunAsync(string[] args, CommandConsole console, Func<GatewayOptions, Task<int>> run)
    {
        var line = new CommandLine(console.Environment);
        var root = line.Root();
        root.SetAction((words, _) => line.ServeAsync(words, console, run));
        CommandVerbs.AddTo(root, console);
        var parsed = root.Parse(args);

        // Signals are the main job's own matter: it is not invoked by the parser.
        return parsed.CommandResult.Command == root && (parsed.Action == root.Action || parsed.Errors.Count > 0)
            ? await line.ServeAsync(parsed, console, run)
            : await CommandVerbs.RunAsync(parsed, console);
    }

    private async Task<int> ServeAsync(ParseResult parsed, CommandConsole console, Func<GatewayOptions, Task<int>> run)
    {
        var options = Read(parsed, ReadEnvironment());
        CheckTogether(options);
        var faults = parsed.Errors.Select(error => error.Message).Concat(_settings.Errors).ToList();
        if (faults.Count > 0)
        {
            faults.ForEach(console.Error.WriteLine);
            return ExitCodes.Usage;
        }

        return await run(options);
    }

    private RootCommand Root() => new("MaoTrade: the REST gateway, its engines and a paper market. Without a verb it serves")
    {
        _dataDir, _port, _bind, _role, _podDriver, _speed, _keepEngines, _allowDemo,
    };

    /// <summary>What only shows when all settings are known.</summary>
    private void CheckTogether(GatewayOptions options)
    {
        RefuseSamples(options.Environment);
        options.Pods.Faults(options).Concat(options.Firebase.Faults(options.Notices.Fcm)).ToList().ForEach(_settings.Fault);
    }

    private void RefuseSamples(GatewayEnvironment environment)
    {
        if (environment == GatewayEnvironment.Production)
        {
            SampleSecrets.Faults(_settings.Secrets).ToList().ForEach(_settings.Fault);
        }
    }

    private GatewayOptions Read(ParseResult parsed, GatewayEnvironment environment) =>
        Read(parsed, environment, ReadRoles(Text(parsed, _role, "MAO_ROLE")));

    private GatewayOptions Read(ParseResult parsed, GatewayEnvironment environment, GatewayRoles roles) => new()
    {
        Environment = environment,
        DataDir = Text(parsed, _dataDir, "MAO_DATA_DIR") ?? "data",
        Port = (int)_settings.Number(Text(parsed, _port, "MAO_PORT"), "--port", 8000, 0, IPEndPoint.MaxPort),
        Bind = _settings.Address(Text(parsed, _bind, "MAO_BIND"), "--bind", IPAddress.Loopback),
        Roles = roles,
        Instance = ReadInstance(),
        PaperSpeed = _settings.Number(Text(parsed, _speed, "MAO_PAPER_SPEED"), "--paper-speed", 60, 0.1, 100_000),
        KeepEngines = parsed.GetValue(_keepEngines),
        AllowDemo = parsed.GetValue(_allowDemo),
        Pods = PodOptions.Read(_settings, Text(parsed, _podDriver, "MAO_POD_DRIVER")),
        EngineDownloads = _settings.Integer("ENGINE_DOWNLOADS", 4, 1, 64),
        WireFiles = EngineWireFiles.Read(_settings),
        EngineCertificatesDir = _settings.Text("ENGINE_CERTS_DIR"),
        Engines = NamedEngine.Read(_settings, roles),
        EngineKeysDir = _settings.Text("ENGINE_KEYS_DIR"),
        Database = DatabaseOptions.Read(_settings),
        Shared = SharedStoreOptions.Read(_settings),
        RateLimit = RateLimitOptions.Read(_settings),
        Logs = LogOptions.Read(_settings),
        News = NewsOptions.Read(_settings),
        History = HistoryOptions.Read(_settings),
        Http = HttpOptions.Read(_settings),
        Telemetry = TelemetryOptions.Read(_settings),
        Secrets = SecretOptions.Read(_settings),
        Live = LiveOptions.Read(_settings),
        ClassicCertificate = ClassicCertificateOptions.Read(_settings),
        Firebase = FirebaseOptions.Read(_settings, environment),
        MockUser = MockUserOptions.Read(_settings, environment),
        EngineGatewayUrl = _settings.Url("GATEWAY_URL"),
        Notices = NoticeOptions.Read(_settings),
    };

    /// <summary>It is part of the names of files.</summary>
    private string? ReadInstance()
    {
        var name = _settings.Text("MAO_INSTANCE");
        if (name is null || (name.Length <= 20 && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))))
        {
            return name;
        }

        _settings.Fault($"MAO_INSTANCE: 1 to 20 of a–z and 0–9 are expected, not '{name}'");
        return null;
    }

    private string? Text(ParseResult parsed, Option<string?> option, string variable) => parsed.GetValue(option) ?? _settings.Text(variable);

    private GatewayEnvironment ReadEnvironment()
    {
        var text = _settings.Text("ENVIRONMENT");
        if (text is null || Enum.TryParse<GatewayEnvironment>(text, ignoreCase: true, out var environment) is false)
        {
            if (text is not null)
            {
                _settings.Fault($"ENVIRONMENT: '{text}' is none of development, staging, production");
            }

            return GatewayEnvironment.Production;
        }

        return environment;
    }

    private GatewayRoles ReadRoles(string? text)
    {
        if (text is null)
        {
            return GatewayRoles.All;
        }

        var roles = GatewayRoles.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            GatewayRoles? role = name switch
            {
                "api" => GatewayRoles.Api,
                "pod" => GatewayRoles.Pod,
                "data" => GatewayRoles.Data,
                _ => null,
            };
            if (role is null)
            {
                _settings.Fault($"--role: '{name}' is none of api, pod, data");
            }

            roles |= role ?? GatewayRoles.None;
        }

        return roles;
    }
}
