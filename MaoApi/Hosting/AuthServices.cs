using MaoApi.Auth;
using MaoApi.Auth.Services;

namespace MaoApi.Hosting;

/// <summary>Who is who, and who may do what.</summary>
internal static class AuthServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<TokenVerifier>();
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<LoginAttempts>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<UserGate>();
        services.AddSingleton<ServiceGate>();
        services.AddSingleton<ServiceKeys>();
        services.AddSingleton<EngineKeys>();
        services.AddSingleton<Nonces>();
        services.AddSingleton<MonitorAccess>();
    }
}
