using System.Globalization;
using MaoTrade.Engine.Persistence;

namespace MaoTrade.Engine.Hosting.Configuration;

/// <summary>What a container's environment says beyond the flags. Read as a whole: every fault is named.</summary>
public sealed record ContainerVariables
{
    private static readonly string[] Levels = ["debug", "info", "warning", "error", "critical"];

    /// <summary>Whether the settings in force are written to the log at the start, without secrets. Environment LOG_CONFIG. Default false.</summary>
    public bool LogConfig { get; init; }

    /// <summary>Whether systems may send messages to people's devices. Environment PUSH_NOTIFY. Default true.</summary>
    public bool PushNotify { get; init; } = true;

    /// <summary>
    /// Least level of the structured lines on standard output, which Docker's log driver brings to Fluentd; null = that of the log.
    /// Environment FLUENTD_LEVEL, where FLUENTD_ENABLE is true. Default none.
    /// </summary>
    public string? OutputLevel { get; init; }

    /// <summary>
    /// Where Docker's log driver is meant to bring the output. The engine itself never connects there: a log that is away must not hold a
    /// trade. It is said at the start. Environment FLUENTD_HOST. Default none.
    /// </summary>
    public string? Collector { get; init; }

    /// <summary>Which database statements are written to the log: off, slow or all. Environment LOG_QUERY. Default off.</summary>
    public StatementLogging Statements { get; init; }

    /// <summary>Reads and checks them.</summary>
    public static ContainerVariables Read(Func<string, string?> environment, ICollection<string> faults)
    {
        var level = environment("FLUENTD_LEVEL")?.ToLowerInvariant();
        if (level is { Length: > 0 } && !Levels.Contains(level, StringComparer.Ordinal))
        {
            faults.Add($"FLUENTD_LEVEL: debug, info, warning, error or critical is expected, not '{level}'");
        }

        var host = environment("FLUENTD_HOST") is { Length: > 0 } named ? named : null;
        if (host is not null && Uri.CheckHostName(host.Split(':')[0]) == UriHostNameType.Unknown)
        {
            faults.Add($"FLUENTD_HOST: a host or host:port is expected, not '{host}'");
        }

        return new ContainerVariables
        {
            LogConfig = Flag("LOG_CONFIG", otherwise: false, environment, faults),
            PushNotify = Flag("PUSH_NOTIFY", otherwise: true, environment, faults),
            OutputLevel = Flag("FLUENTD_ENABLE", otherwise: false, environment, faults) && level is { Length: > 0 } ? level : null,
            Collector = host,
            Statements = ReadStatements(environment("LOG_QUERY"), faults),
        };
    }

    /// <summary>true or false; anything else is a fault.</summary>
    internal static bool Flag(string name, bool otherwise, Func<string, string?> environment, ICollection<string> faults)
    {
        if (environment(name) is not { Length: > 0 } text)
        {
            return otherwise;
        }

        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: true or false is expected, not '{text}'"));
        return otherwise;
    }

    private static StatementLogging ReadStatements(string? text, ICollection<string> faults)
    {
        switch (text?.ToLowerInvariant())
        {
            case null or "" or "off" or "false":
                return StatementLogging.Off;
            case "slow":
                return StatementLogging.Slow;
            case "all" or "true":
                return StatementLogging.All;
            default:
                faults.Add($"LOG_QUERY: off, slow or all is expected, not '{text}'");
                return StatementLogging.Off;
        }
    }
}
