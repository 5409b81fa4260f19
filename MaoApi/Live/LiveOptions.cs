using MaoApi.Hosting;

namespace MaoApi.Live;

/// <summary>Who may stay connected for live updates, and how many.</summary>
internal sealed record LiveOptions
{
    /// <summary>Live clients of this gateway. Default 10,000, range 1 to 1,000,000. <c>LIVE_CLIENTS</c>.</summary>
    public int Clients { get; init; } = 10_000;

    /// <summary>Live clients of one user. Default 20, range 1 to 1,000,000. <c>LIVE_CLIENTS_PER_USER</c>.</summary>
    public int ClientsPerUser { get; init; } = 20;

    public static LiveOptions Read(SettingsReader settings) => new()
    {
        Clients = settings.Integer("LIVE_CLIENTS", 10_000, 1, 1_000_000),
        ClientsPerUser = settings.Integer("LIVE_CLIENTS_PER_USER", 20, 1, 1_000_000),
    };
}
