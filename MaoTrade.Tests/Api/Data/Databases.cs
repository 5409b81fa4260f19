using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Api.Data;

/// <summary>Contexts as the gateway makes them, without a gateway.</summary>
internal static class Databases
{
    public static MaoHomeContext Home(this IDatabaseProvider provider)
    {
        var options = new DbContextOptionsBuilder<MaoHomeContext>();
        provider.Configure(options, DatabaseName.MaoHome);
        return new MaoHomeContext(options.Options);
    }

    public static MaoDataContext History(this IDatabaseProvider provider)
    {
        var options = new DbContextOptionsBuilder<MaoDataContext>();
        provider.Configure(options, DatabaseName.MaoData);
        return new MaoDataContext(options.Options);
    }

    public static IDbContextFactory<MaoDataContext> Histories(this IDatabaseProvider provider) => new Factory<MaoDataContext>(provider.History);

    public static DatabaseMigrator Migrator(this IDatabaseProvider provider) =>
        new(provider, new Factory<MaoHomeContext>(provider.Home), new Factory<MaoDataContext>(provider.History));

    private sealed class Factory<T>(Func<T> create) : IDbContextFactory<T>
        where T : DbContext
    {
        public T CreateDbContext() => create();
    }
}
