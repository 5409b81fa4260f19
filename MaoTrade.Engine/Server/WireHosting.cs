using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MaoTrade.Engine.Server;

/// <summary>Puts the wire into a host.</summary>
public static class WireHosting
{
    /// <summary>
    /// Registers the listener and the router over every registered <see cref="IService"/>. Kestrel's sockets run their
    /// continuations in place: services answer from memory or go asynchronous, so no thread is held and each reply saves two hops.
    /// </summary>
    public static IServiceCollection AddWire(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServiceRouter>();
        services.TryAddSingleton<WireListener>();
        services.AddOptions<WireOptions>()
            .Validate(options => options.Validate().Count == 0, "The limits of the wire are out of range.")
            .ValidateOnStart();
        services.Configure<SocketTransportOptions>(transport =>
        {
            transport.UnsafePreferInlineScheduling = true;
            transport.WaitForDataBeforeAllocatingBuffer = false;
        });
        return services;
    }

    /// <summary>Opens the engine's port.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="endpoint">Address and port; port 0 lets the system choose.</param>
    /// <param name="configure">Adds TLS (<c>UseHttps</c>) or connection middleware in front of the wire; null for plain TCP.</param>
    public static void ListenWire(this KestrelServerOptions kestrel, IPEndPoint endpoint, Action<ListenOptions>? configure = null) =>
        kestrel.Listen(endpoint, listen =>
        {
            configure?.Invoke(listen);
            listen.UseConnectionHandler<WireListener>();
        });
}
