using System.Net.Sockets;

namespace MaoTrade.Tests.Support;

/// <summary>Tests that need a Docker engine; skipped where none answers at <c>MAO_TEST_DOCKER</c>, <c>DOCKER_HOST</c> or the usual socket.</summary>
public sealed class DockerEngineAttribute : ServerTestsAttribute
{
    private const string Scheme = "unix://";

    /// <summary>The socket that is tried.</summary>
    public static string Socket { get; } = (Environment.GetEnvironmentVariable("MAO_TEST_DOCKER")
        ?? Environment.GetEnvironmentVariable("DOCKER_HOST")
        ?? Scheme + "/var/run/docker.sock").Replace(Scheme, "", StringComparison.Ordinal);

    public override string? Missing { get; } = WhyNot();

    private static string? WhyNot()
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(Socket));
            return null;
        }
        catch (Exception fault) when (fault is SocketException or ArgumentException)
        {
            return $"no Docker engine answers at {Socket} (MAO_TEST_DOCKER, DOCKER_HOST): {fault.Message}";
        }
    }
}
