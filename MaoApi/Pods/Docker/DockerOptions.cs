using System.Net;
using MaoApi.Hosting;

namespace MaoApi.Pods.Docker;

/// <summary>A Docker engine and what it gives to engines.</summary>
internal sealed record DockerOptions
{
    public static readonly IPNetwork DefaultPool = IPNetwork.Parse("10.231.0.0/16");

    private const string Scheme = "unix://";
    private const int FluentdPort = 24224;

    /// <summary>The engine's socket. Default <c>/var/run/docker.sock</c>. <c>DOCKER_HOST</c>, <c>unix://…</c> only.</summary>
    public string Socket { get; init; } = "/var/run/docker.sock";

    /// <summary>Addresses of accounts' networks, a /28 each. Default 10.231.0.0/16, range /8 to /28. <c>POD_SUBNET_POOL</c>.</summary>
    public IPNetwork SubnetPool { get; init; } = DefaultPool;

    /// <summary>
    /// Receiver of containers' output in the Forward protocol, <c>host:port</c> as Docker sees it; null = Docker keeps it.
    /// <c>POD_FLUENTD</c>, or <c>FLUENTD_HOST</c> and <c>FLUENTD_PORT</c>, 24224.
    /// </summary>
    public string? Fluentd { get; init; }

    /// <summary>What the tags of their output begin with. Default mao. <c>FLUENTD_LOGGER</c>.</summary>
    public string FluentdTag { get; init; } = "mao";

    public static DockerOptions Read(SettingsReader settings)
    {
        var host = settings.Text("DOCKER_HOST");
        if (host is not null && !(host.StartsWith(Scheme, StringComparison.Ordinal) && Path.IsPathRooted(host[Scheme.Length..])))
        {
            settings.Fault($"DOCKER_HOST: '{host}' is not a socket of this machine, such as unix:///var/run/docker.sock");
            host = null;
        }

        return new DockerOptions
        {
            Socket = host?[Scheme.Length..] ?? "/var/run/docker.sock",
            SubnetPool = ReadPool(settings),
            Fluentd = ReadFluentd(settings),
            FluentdTag = settings.Text("FLUENTD_LOGGER") ?? "mao",
        };
    }

    private static string? ReadFluentd(SettingsReader settings)
    {
        var port = settings.Integer("FLUENTD_PORT", FluentdPort, 1, IPEndPoint.MaxPort);
        return settings.Text("POD_FLUENTD") ?? (settings.Text("FLUENTD_HOST") is { } host ? $"{host}:{port}" : null);
    }

    private static IPNetwork ReadPool(SettingsReader settings)
    {
        if (settings.Text("POD_SUBNET_POOL") is not { } text)
        {
            return DefaultPool;
        }

        if (IPNetwork.TryParse(text, out var pool) && pool.BaseAddress.GetAddressBytes().Length == 4 && pool.PrefixLength is >= 8 and <= 28)
        {
            return pool;
        }

        settings.Fault($"POD_SUBNET_POOL: '{text}' is not a network of IPv4 from /8 to /28, such as 10.231.0.0/16");
        return DefaultPool;
    }
}
