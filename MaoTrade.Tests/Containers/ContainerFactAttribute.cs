using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Containers;

/// <summary>A test that needs a Docker engine with the images of docker/build.sh; without them the test is skipped and says so.</summary>
public sealed class ContainerFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Lack = new(Look);

    public ContainerFactAttribute() => Skip = Lack.Value;

    private static string? Look()
    {
        if (Programs.Find("docker") is null || Programs.Find("docker-compose") is null)
        {
            return "docker and docker-compose are not installed on this machine";
        }

        if (Answer("version", "--format", "{{.Server.Version}}") is not { } version)
        {
            return "no Docker engine answers (DOCKER_HOST)";
        }

        return Answer("image", "inspect", "mao-engine", "mao-gateway", "mao-runtime") is null
            ? $"Docker {version} has no images mao-engine and mao-gateway: docker/build.sh makes them"
            : null;
    }

    private static string? Answer(params string[] words)
    {
        using var docker = Command.Start("docker", words, environment: null);
        var output = docker.StandardOutput.ReadToEnd();
        docker.WaitForExit();
        return docker.ExitCode == 0 ? output.Trim() : null;
    }
}
