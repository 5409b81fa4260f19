using System.Diagnostics;
using MaoTrade.Engine.Brokers;
using MaoTrade.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MaoTrade.Tests.EndToEnd.Support;

/// <summary>Exchanges a service of the engine that is being built for a defective one, by the host's own diagnostic events.</summary>
internal sealed class DefectiveHost(Defect defect) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    public static void Begin(Defect defect) => DiagnosticListener.AllListeners.Subscribe(new DefectiveHost(defect));

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
        {
            builder.ConfigureServices((_, services) => Exchange(services));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private void Exchange(IServiceCollection services)
    {
        Decorate<Func<IAccountManager>>(services, connect => () => new DefectiveBroker(connect(), defect));
    }

    private static void Decorate<T>(IServiceCollection services, Func<T, T> decorate)
        where T : class
    {
        var registered = services.Single(service => service.ServiceType == typeof(T));
        services.Remove(registered);
        services.AddSingleton(provider => decorate((T)registered.ImplementationFactory!(provider)));
    }
}
