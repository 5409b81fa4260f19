using MaoApi.Features.Admin;
using MaoApi.Pods;
using MaoApi.Pods.Docker;
using MaoApi.Pods.Kubernetes;

namespace MaoApi.Hosting;

/// <summary>What starts and watches engines. Only the role <c>pod</c> has a driver: no other process reaches for a socket.</summary>
internal static class PodServices
{
    public static void Add(IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options.Pods);
        services.AddSingleton<EngineProbe>();
        services.AddSingleton<EngineCertificates>();
        services.AddSingleton<EngineDatabases>();
        services.AddSingleton<EngineSettings>();
        services.AddSingleton<PodPorts>();
        services.AddSingleton<PaperBroker>();
        services.AddSingleton<EngineNotices>();
        services.AddSingleton<PodFigures>();
        services.AddSingleton<GatewayAddress>();
        services.AddSingleton<PodBell>();
        services.AddSingleton<PodOutput>();
        services.AddSingleton<SwitchPod>();
        if (options.Roles.HasFlag(GatewayRoles.Pod))
        {
            services.AddSingleton<InstallationName>();
            services.AddSingleton<PodLeases>();
            services.AddSingleton<PodMeter>();
            services.AddSingleton<PodFleet>();
            AddDriver(services, options.Pods.Driver);
        }
    }

    private static void AddDriver(IServiceCollection services, PodDriverKind driver)
    {
        switch (driver)
        {
            case PodDriverKind.Docker:
                services.AddSingleton<DockerApi>();
                services.AddSingleton<IPodDriver, DockerDriver>();
                break;
            case PodDriverKind.Kubernetes:
                services.AddSingleton<KubernetesApi>();
                services.AddSingleton<IPodDriver, KubernetesDriver>();
                break;
            default:
                services.AddSingleton<IPodDriver, ChildProcessDriver>();
                break;
        }
    }
}
