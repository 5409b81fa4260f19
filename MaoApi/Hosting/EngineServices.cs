using MaoApi.Engines;

namespace MaoApi.Hosting;

/// <summary>The way to the engines.</summary>
internal static class EngineServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<EngineDirectory>();
        services.AddSingleton<EngineTls>();
        services.AddSingleton<NamedEngines>();
        services.AddSingleton<EngineGateway>();
        services.AddSingleton<EngineExam>();
    }
}
