using MaoApi.Data;
using MaoApi.Data.Paging;
using MaoApi.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Hosting;

/// <summary>The databases.</summary>
internal static class DataServices
{
    public static void Add(IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => DatabaseProviders.Built[options.Provider](options, provider.GetRequiredService<DataFolder>()));
        AddContext<MaoHomeContext>(services, DatabaseName.MaoHome);
        AddContext<MaoDataContext>(services, DatabaseName.MaoData);
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<Cursors>();
    }

    private static void AddContext<T>(IServiceCollection services, DatabaseName database)
        where T : DbContext =>
        services.AddPooledDbContextFactory<T>(
            (provider, options) =>
            {
                provider.GetRequiredService<IDatabaseProvider>().Configure(options, database);
                options.AddInterceptors(
                    new DatabaseTelemetry(provider.GetRequiredService<GatewayMetrics>(), Store(database)),
                    provider.GetRequiredService<DatabaseConnections>());
            });

    /// <summary>A database as metrics name it.</summary>
    private static string Store(DatabaseName database) => database == DatabaseName.MaoHome ? "maohome" : "maodata";
}
