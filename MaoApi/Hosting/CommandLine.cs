using System.CommandLine;
using System.Globalization;
using System.Net;

namespace MaoApi.Hosting;

/// <summary>Flags and environment of the gateway. Every error is named, not only the first.</summary>
internal sealed class CommandLine
{
    private readonly Func<string, string?> _environment;
    private readonly List<string> _errors = [];

    private readonly Option<string?> _dataDir = new("--data-dir") { Description = "folder of everything that is kept (MAO_DATA_DIR, default data)" };
    private readonly Option<string?> _port = new("--port") { Description = "TCP port, 0 = any (MAO_PORT, default 8000)" };
    private readonly Option<string?> _bind = new("--bind") { Description = "address to listen on (MAO_BIND, default 127.0.0.1)" };
    private readonly Option<string?> _role = new("--role") { Description = "api, pod, data, comma-separated (MAO_ROLE, default all)" };
    private readonly Option<string?> _speed = new("--paper-speed") { Description = "speed of the paper market (MAO_PAPER_SPEED, default 60)" };
    private readonly Option<bool> _keepEngines = new("--keep-engines") { Description = "leave the engines running when the gateway stops" };
    private readonly Option<bool> _allowDemo = new("--allow-demo") { Description = "serve demo users to other machines" };

    private CommandLine(Func<string, string?> environment) => _environment = environment;

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

        var options = line.Read(parsed);
        line._errors.InsertRange(0, parsed.Errors.Select(error => error.Message));
        if (line._errors.Count > 0)
        {
            line._errors.ForEach(errors.WriteLine);
            return ExitCodes.Usage;
        }

        return await run(options);
    }

    private GatewayOptions Read(ParseResult parsed) => new()
    {
        DataDir = Text(parsed, _dataDir, "MAO_DATA_DIR") ?? "data",
        Port = (int)Number(Text(parsed, _port, "MAO_PORT"), "--port", 8000, 0, IPEndPoint.MaxPort),
        Bind = Address(Text(parsed, _bind, "MAO_BIND")),
        Roles = ReadRoles(Text(parsed, _role, "MAO_ROLE")),
        PaperSpeed = Number(Text(parsed, _speed, "MAO_PAPER_SPEED"), "--paper-speed", 60, 0.1, 100_000),
        KeepEngines = parsed.GetValue(_keepEngines),
        AllowDemo = parsed.GetValue(_allowDemo),
        EngineDownloads = (int)Number(_environment("ENGINE_DOWNLOADS"), "ENGINE_DOWNLOADS", 4, 1, 64),
        RateLimit = new RateLimitOptions
        {
            Requests = (int)Number(_environment("RATE_LIMIT_REQUESTS"), "RATE_LIMIT_REQUESTS", 200, 1, 1_000_000),
            Window = TimeSpan.FromSeconds(Number(_environment("RATE_LIMIT_WINDOW_SECONDS"), "RATE_LIMIT_WINDOW_SECONDS", 10, 1, 3600)),
        },
    };

    private string? Text(ParseResult parsed, Option<string?> option, string variable) =>
        parsed.GetValue(option) ?? (_environment(variable) is { Length: > 0 } value ? value : null);

    private double Number(string? text, string name, double byDefault, double min, double max)
    {
        if (string.IsNullOrEmpty(text))
        {
            return byDefault;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        _errors.Add($"{name}: '{text}' is not a number from {min} to {max}");
        return byDefault;
    }

    private IPAddress Address(string? text)
    {
        if (text is null)
        {
            return IPAddress.Loopback;
        }

        if (IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        _errors.Add($"--bind: '{text}' is not an IP address");
        return IPAddress.Loopback;
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
                _errors.Add($"--role: '{name}' is none of api, pod, data");
            }

            roles |= role ?? GatewayRoles.None;
        }

        return roles;
    }
}
