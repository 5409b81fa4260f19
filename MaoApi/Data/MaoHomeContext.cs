using MaoApi.Data.Entities;
using MaoApi.Data.Mapping;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Data;

/// <summary>
/// The configuration database <c>maohome</c>. Table and column names are those of existing installations, further tables carry the
/// prefix <c>mao_</c>. SQLite stores decimals as text: never compare or sort them in SQL.
/// </summary>
internal sealed class MaoHomeContext(DbContextOptions<MaoHomeContext> options) : VersionedContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Credential> Credentials => Set<Credential>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<ServiceKey> ServiceKeys => Set<ServiceKey>();

    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<AccountRole> AccountRoles => Set<AccountRole>();

    public DbSet<Pod> Pods => Set<Pod>();

    public DbSet<Installation> Installations => Set<Installation>();

    public DbSet<EngineEvent> EngineEvents => Set<EngineEvent>();

    public DbSet<DailySummary> DailySummaries => Set<DailySummary>();

    public DbSet<Broker> Brokers => Set<Broker>();

    public DbSet<Symbol> Symbols => Set<Symbol>();

    public DbSet<BrokerSymbol> BrokerSymbols => Set<BrokerSymbol>();

    public DbSet<SymbolTicker> SymbolTickers => Set<SymbolTicker>();

    public DbSet<TradingSystem> TradingSystems => Set<TradingSystem>();

    public DbSet<WatchedTicker> WatchedTickers => Set<WatchedTicker>();

    public DbSet<TickerStore> TickerStores => Set<TickerStore>();

    public DbSet<Device> Devices => Set<Device>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<Preference> Preferences => Set<Preference>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<JobRun> JobRuns => Set<JobRun>();

    public DbSet<Feed> Feeds => Set<Feed>();

    public DbSet<StudyPlan> StudyPlans => Set<StudyPlan>();

    public DbSet<Flag> Flags => Set<Flag>();

    public DbSet<RoleBeat> RoleBeats => Set<RoleBeat>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<IdempotentAnswer> IdempotentAnswers => Set<IdempotentAnswer>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        UserMapping.Apply(modelBuilder);
        KeyMapping.Apply(modelBuilder);
        AccountMapping.Apply(modelBuilder);
        SymbolMapping.Apply(modelBuilder);
        TradingSystemMapping.Apply(modelBuilder);
        ClientMapping.Apply(modelBuilder);
        NoticeMapping.Apply(modelBuilder);
        WorkMapping.Apply(modelBuilder);
        base.OnModelCreating(modelBuilder);
    }
}
