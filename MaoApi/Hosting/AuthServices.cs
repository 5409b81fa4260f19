using MaoApi.Auth;
using MaoApi.Auth.Firebase;
using MaoApi.Auth.Services;

namespace MaoApi.Hosting;

/// <summary>Who is who, and who may do what.</summary>
internal static class AuthServices
{
    /// <summary>A connection kept longer would not notice that a name has got another address.</summary>
    private static readonly TimeSpan MaxConnectionAge = TimeSpan.FromMinutes(15);

    public static void Add(IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<TokenVerifier>();
        services.AddSingleton<ITokenSource, LocalTokens>();
        services.AddSingleton<PersonalTokens>();
        services.AddSingleton<UserTokens>();
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
        services.AddSingleton(options.ClassicCertificate);
        services.AddSingleton<ClassicCertificate>();
        services.AddSingleton(options.MockUser);
        services.AddSingleton<MockUser>();
        AddFirebase(services, options.Firebase);
    }

    private static void AddFirebase(IServiceCollection services, FirebaseOptions options)
    {
        services.AddSingleton(options);
        if (options.Project is not null)
        {
            services.AddSingleton(FirebaseVerifiers.Built[options.Verifier]);
            services.AddSingleton(provider => new FirebaseKeys(
                options,
                new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = MaxConnectionAge }),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<FirebaseKeys>>()));
        }
    }
}
