using MaoApi.Features.Admin;
using MaoApi.Pods;

namespace MaoApi.Hosting;

/// <summary>What starts and watches engines.</summary>
internal static class PodServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IPodDriver, ChildProcessDriver>();
        services.AddSingleton<EngineProbe>();
        services.AddSingleton<EngineSettings>();
        services.AddSingleton<PodPorts>();
        services.AddSingleton<PaperBroker>();
        services.AddSingleton<EngineNotices>();
        services.AddSingleton<PodFigures>();
        services.AddSingleton<GatewayAddress>();
        services.AddSingleton<PodFleet>();
        services.AddSingleton<PodOutput>();
        services.AddSingleton<SwitchPod>();
    }
}
