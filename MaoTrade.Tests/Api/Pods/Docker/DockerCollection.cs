namespace MaoTrade.Tests.Api.Pods.Docker;

/// <summary>Tests on the one Docker engine of this machine: one after the other, and beside no others.</summary>
[CollectionDefinition("docker", DisableParallelization = true)]
public sealed class DockerCollection;
