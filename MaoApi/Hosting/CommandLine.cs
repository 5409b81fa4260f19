using System.CommandLine;
using System.Net;
using MaoApi.Auth;
using MaoApi.Auth.Firebase;
using MaoApi.Auth.Services;
using MaoApi.Live;
using MaoApi.Logs;
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
    private readonly Option<string?> _speed = new("--paper-speed") { Description = "speed of the paper market (MAO_PAPER_SPEED, default 60)" };
    private readonly Option<bool> _keepEngines = new("--keep-engines") { Description = "leave the engines running when the gateway stops" };
    private readonly Option<bool> _allowDemo = new("--allow-demo") { Description = "serve demo users to other machines" };

    private CommandLine(Func<string, string?> environment) => _settings = new SettingsReader(environment);

    /// <summary>Reads the options and runs the gateway with them, or writes what is wrong and returns 64.</summary>
    public static Task<int> RunAsync(string[] args, Func<GatewayOptions, Task<int>> run) =>
        RunAsync(args, Environment.GetEnvironmentVariable, Console.Error, run);

    internal static async Task<int> RunAsync(
        string[] args, Func<string, string?> environment, TextWriter errors, Func<GatewayOptions, Task<int>> run)
    {
        var line = new CommandLine(environment);
        var root = new RootCommand("MaoTrade: the REST gateway, its engines and a paper market")
        {
            line._dataDir, line._port, line._bind, line._role, line._speed, line._keepEngines, line._allowDemo,
        };
        var parsed = root.Parse(args);
        if (parsed.Action is not null && parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync();
        }

        var options = line.Read(parsed, line.ReadEnvironment());
        line.RefuseSamples(options.Environment);
        var faults = parsed.Errors.Select(error => error.Message).Concat(line._settings.Errors).ToList();
        if (faults.Count > 0)
        {
            faults.ForEach(errors.WriteLine);
            return ExitCodes.Usage;
        }

        return await run(options);
    }

    private void RefuseSamples(GatewayEnvironment environment)
    {
        if (environment == GatewayEnvironment.Production)
        {
            SampleSecrets.Faults(_settings.Secrets).ToList().ForEach(_settings.Fault);
        }
    }

    private GatewayOptions Read(ParseResult parsed, GatewayEnvironment environment) => new()
    {
        Environment = environment,
        DataDir = Text(parsed, _dataDir, "MAO_DATA_DIR") ?? "data",
        Port = (int)_settings.Number(Text(parsed, _port, "MAO_PORT"), "--port", 8000, 0, IPEndPoint.MaxPort),
        Bind = _settings.Address(Text(parsed, _bind, "MAO_BIND"), "--bind", IPAddress.Loopback),
        Roles = ReadRoles(Text(parsed, _role, "MAO_ROLE")),
        PaperSpeed = _settings.Number(Text(parsed, _speed, "MAO_PAPER_SPEED"), "--paper-speed", 60, 0.1, 100_000),
        KeepEngines = parsed.GetValue(_keepEngines),
        AllowDemo = parsed.GetValue(_allowDemo),
        EngineDownloads = _settings.Integer("ENGINE_DOWNLOADS", 4, 1, 64),
        RateLimit = RateLimitOptions.Read(_settings),
        Logs = LogOptions.Read(_settings),
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
