using System.Net;
using MaoTrade.Engine.Server.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MaoTrade.Engine.Server;

/// <summary>Puts the wire into a host.</summary>
public static class WireHosting
{
    /// <summary>Registers the listener, its transport and the router over every registered <see cref="IService"/>.</summary>
    public static IServiceCollection AddWire(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServiceRouter>();
        services.TryAddSingleton<WireListener>();
        services.AddOptions<WireOptions>()
            .Validate(options => options.Validate().Count == 0, "The limits of the wire are out of range.")
            .ValidateOnStart();
        services.AddSingleton<IConnectionListenerFactory, WireTransport>();
        return services;
    }

    /// <summary>Opens the engine's port.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="endpoint">Address and port; port 0 lets the system choose.</param>
    /// <param name="configure">Adds TLS (<c>UseHttps</c>) or connection middleware in front of the wire; null for plain TCP.</param>
    public static void ListenWire(this KestrelServerOptions kestrel, IPEndPoint endpoint, Action<ListenOptions>? configure = null) =>
        kestrel.Listen(new WireEndPoint(endpoint), listen =>
        {
            configure?.Invoke(listen);
            listen.UseConnectionHandler<WireListener>();
        });
}
