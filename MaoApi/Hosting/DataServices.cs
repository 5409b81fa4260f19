using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Hosting;

/// <summary>The databases.</summary>
internal static class DataServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IDatabaseProvider, SqliteDatabase>();
        AddContext<MaoHomeContext>(services, DatabaseName.MaoHome);
        AddContext<MaoDataContext>(services, DatabaseName.MaoData);
        services.AddSingleton<DatabaseMigrator>();
    }

    private static void AddContext<T>(IServiceCollection services, DatabaseName database)
        where T : DbContext =>
        services.AddPooledDbContextFactory<T>(
            (provider, options) => provider.GetRequiredService<IDatabaseProvider>().Configure(options, database));
}
