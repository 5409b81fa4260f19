using MaoApi.Secrets;

namespace MaoApi.Hosting;

/// <summary>What is kept encrypted, and the keys to it.</summary>
internal static class SecretServices
{
    public static void Add(IServiceCollection services, SecretOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<KeyRing>();
        services.AddSingleton<SecretBox>();
        services.AddSingleton<AccountSecrets>();
        services.AddSingleton<SecretRotation>();
    }
}
