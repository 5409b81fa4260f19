using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MaoApi.Data;

/// <summary>
/// The configuration database <c>maohome</c>. Table and column names are those of existing installations.
/// Times are stored as Unix milliseconds and decimals as text: neither is compared nor sorted in SQL beyond equality of what it is.
/// </summary>
internal sealed class MaoHomeContext(DbContextOptions<MaoHomeContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Broker> Brokers => Set<Broker>();

    public DbSet<Symbol> Symbols => Set<Symbol>();

    public DbSet<BrokerSymbol> BrokerSymbols => Set<BrokerSymbol>();

    public DbSet<Pod> Pods => Set<Pod>();

    public DbSet<Credential> Credentials => Set<Credential>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<AccountRole> AccountRoles => Set<AccountRole>();

    public DbSet<ServiceKey> ServiceKeys => Set<ServiceKey>();

    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<IVersioned>())
        {
            if (entry.State is EntityState.Added or EntityState.Modified)
            {
                entry.Entity.Version++;
            }
        }

        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => MaoHomeMapping.Apply(modelBuilder);

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
