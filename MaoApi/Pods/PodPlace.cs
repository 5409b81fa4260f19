namespace MaoApi.Pods;

/// <summary>How an engine and those around it reach each other.</summary>
/// <param name="Host">Where gateway and pod reach the engine.</param>
/// <param name="Bind">Address the engine listens on.</param>
/// <param name="EnginePort">TCP port of the wire; null = a free one of this machine.</param>
/// <param name="HealthPort">TCP port of health and metrics; null = a free one of this machine.</param>
/// <param name="DataDir">The engine's data folder as the engine sees it; null = this process's own.</param>
/// <param name="Files">Where the engine sees <see cref="PodLaunch.Files"/>; null = where they lie.</param>
/// <param name="PodHost">Where the engine reaches this process.</param>
/// <param name="GatewayHost">Where the engine reaches a gateway that is not this process; null = nowhere.</param>
internal sealed record PodPlace(
    string Host, string Bind, int? EnginePort, int? HealthPort, string? DataDir, string? Files, string PodHost, string? GatewayHost)
{
    private const string Loopback = "127.0.0.1";

    /// <summary>All on this machine, nobody else.</summary>
    public static readonly PodPlace ThisMachine = new(Loopback, Loopback, null, null, null, null, Loopback, null);

    /// <summary>Whether engines run where this process does.</summary>
    public bool IsHere => DataDir is null;

    /// <summary>A file of this machine as the engine sees it.</summary>
    public string Seen(string path) => Files is null ? path : $"{Files}/{Path.GetFileName(path)}";
}
