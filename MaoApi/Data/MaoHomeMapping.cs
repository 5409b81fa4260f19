using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaoApi.Data;

/// <summary>English entities onto the tables and columns of existing databases; new tables carry the prefix <c>mao_</c>.</summary>
internal static class MaoHomeMapping
{
    public static void Apply(ModelBuilder model)
    {
        Map(model.Entity<User>());
        Map(model.Entity<Account>());
        Map(model.Entity<Broker>());
        Map(model.Entity<Symbol>());
        Map(model.Entity<BrokerSymbol>());
        Map(model.Entity<Pod>());
        Map(model.Entity<Credential>());
        Map(model.Entity<Session>());
        Map(model.Entity<AccountRole>());
        Map(model.Entity<ServiceKey>());
        Map(model.Entity<AccessToken>());
    }

    private static void Map(EntityTypeBuilder<User> user)
    {
        user.ToTable("mtrace_users");
        user.Property(u => u.Id).HasColumnName("id");
        user.Property(u => u.UserId).HasColumnName("userid");
        user.Property(u => u.DisplayName).HasColumnName("displayname");
        user.Property(u => u.Email).HasColumnName("email");
        user.Property(u => u.ValidUntil).HasColumnName("valido");
        user.Property(u => u.Status).HasColumnName("stato");
        user.Property(u => u.IsAdmin).HasColumnName("admin");
        user.Property(u => u.TokensFrom).HasColumnName("tokens_from");
        user.Property(u => u.Version).HasColumnName("version").IsConcurrencyToken();
        user.HasIndex(u => u.UserId).IsUnique();
    }

    private static void Map(EntityTypeBuilder<Account> account)
    {
        account.ToTable("accounts");
        account.Property(a => a.Id).HasColumnName("id");
        account.Property(a => a.UserKey).HasColumnName("userid");
        account.Property(a => a.AccountId).HasColumnName("accountid");
        account.Property(a => a.Description).HasColumnName("accountdescr");
        account.Property(a => a.AccountData).HasColumnName("accountdata");
        account.Property(a => a.IsDemo).HasColumnName("demoaccount");
        account.Property(a => a.IsActive).HasColumnName("active");
        account.Property(a => a.EngineHost).HasColumnName("mt_host");
        account.Property(a => a.EnginePort).HasColumnName("mt_port");
        account.Property(a => a.BrokerKey).HasColumnName("c_brokers");
        account.Property(a => a.Config).HasColumnName("config");
        account.Property(a => a.Created).HasColumnName("mt_created");
        account.Property(a => a.Modified).HasColumnName("mt_modified");
        account.Property(a => a.Version).HasColumnName("version").IsConcurrencyToken();
        account.HasIndex(a => a.AccountId).IsUnique();
        account.HasOne(a => a.User).WithMany().HasForeignKey(a => a.UserKey);
        account.HasOne(a => a.Broker).WithMany().HasForeignKey(a => a.BrokerKey);
        account.HasOne(a => a.Pod).WithOne(p => p.Account).HasForeignKey<Pod>(p => p.AccountKey);
    }

    private static void Map(EntityTypeBuilder<Broker> broker)
    {
        broker.ToTable("brokers");
        broker.Property(b => b.Id).HasColumnName("id");
        broker.Property(b => b.Code).HasColumnName("code");
        broker.Property(b => b.Name).HasColumnName("name");
        broker.Property(b => b.ManagerClass).HasColumnName("amclass");
        broker.Property(b => b.Config).HasColumnName("config");
        broker.HasIndex(b => b.Code).IsUnique();
    }

    private static void Map(EntityTypeBuilder<Symbol> symbol)
    {
        symbol.ToTable("symbols");
        symbol.Property(s => s.Id).HasColumnName("id");
        symbol.Property(s => s.DataEpic).HasColumnName("epicData");
        symbol.Property(s => s.Epic).HasColumnName("epic");
        symbol.Property(s => s.Name).HasColumnName("name");
        symbol.Property(s => s.IsEnabled).HasColumnName("enabled");
        symbol.Property(s => s.SessionKey).HasColumnName("idsession");
        symbol.HasIndex(s => s.Epic).IsUnique();
    }

    private static void Map(EntityTypeBuilder<BrokerSymbol> symbol)
    {
        symbol.ToTable("symbols_brokers");
        symbol.Property(s => s.Id).HasColumnName("id");
        symbol.Property(s => s.SymbolKey).HasColumnName("idsymbol");
        symbol.Property(s => s.BrokerKey).HasColumnName("c_brokers");
        symbol.Property(s => s.BrokerEpic).HasColumnName("epic");
        symbol.Property(s => s.MinQty).HasColumnName("minqty");
        symbol.Property(s => s.MaxQty).HasColumnName("maxqty");
        symbol.Property(s => s.QtyStep).HasColumnName("qtystep");
        symbol.Property(s => s.PriceStep).HasColumnName("pricestep");
        symbol.Property(s => s.Currency).HasColumnName("currency");
        symbol.HasIndex(s => new { s.BrokerKey, s.SymbolKey }).IsUnique();
        symbol.HasOne(s => s.Symbol).WithMany().HasForeignKey(s => s.SymbolKey);
        symbol.HasOne(s => s.Broker).WithMany().HasForeignKey(s => s.BrokerKey);
    }

    private static void Map(EntityTypeBuilder<Pod> pod)
    {
        pod.ToTable("mtpods");
        pod.HasKey(p => p.AccountKey);
        pod.Property(p => p.AccountKey).HasColumnName("c_accounts").ValueGeneratedNever();
        pod.Property(p => p.PodId).HasColumnName("pod_id");
        pod.Property(p => p.Name).HasColumnName("name");
        pod.Property(p => p.Description).HasColumnName("descr");
        pod.Property(p => p.WantedState).HasColumnName("op_mode");
        pod.Property(p => p.Request).HasColumnName("op_request");
        pod.Property(p => p.State).HasColumnName("state");
        pod.Property(p => p.ExitCode).HasColumnName("exit_code");
        pod.Property(p => p.StartedAt).HasColumnName("started_at");
        pod.Property(p => p.Restarts).HasColumnName("restarts");
        pod.Property(p => p.Config).HasColumnName("config");
    }

    private static void Map(EntityTypeBuilder<Credential> credential)
    {
        credential.ToTable("mao_credentials");
        credential.HasKey(c => c.UserKey);
        credential.Property(c => c.UserKey).HasColumnName("c_users").ValueGeneratedNever();
        credential.Property(c => c.Hash).HasColumnName("hash");
        credential.Property(c => c.Failed).HasColumnName("failed");
        credential.Property(c => c.LockedUntil).HasColumnName("locked_until");
        credential.Property(c => c.LastLogin).HasColumnName("last_login");
        credential.Property(c => c.LoginCount).HasColumnName("login_count");
        credential.HasOne(c => c.User).WithOne().HasForeignKey<Credential>(c => c.UserKey);
    }

    private static void Map(EntityTypeBuilder<Session> session)
    {
        session.ToTable("mao_sessions");
        session.Property(s => s.Id).HasColumnName("id");
        session.Property(s => s.UserKey).HasColumnName("c_users");
        session.Property(s => s.Family).HasColumnName("family");
        session.Property(s => s.TokenHash).HasColumnName("token_hash");
        session.Property(s => s.Expires).HasColumnName("expires");
        session.Property(s => s.UsedAt).HasColumnName("used_at").IsConcurrencyToken();
        session.Property(s => s.LifetimeSeconds).HasColumnName("lifetime");
        session.Property(s => s.ClientAddress).HasColumnName("ip");
        session.Property(s => s.DeviceId).HasColumnName("device");
        session.HasIndex(s => s.TokenHash).IsUnique();
        session.HasIndex(s => s.Family);
        session.HasOne<User>().WithMany().HasForeignKey(s => s.UserKey);
    }

    private static void Map(EntityTypeBuilder<AccountRole> role)
    {
        role.ToTable("mao_account_roles");
        role.HasKey(r => new { r.AccountKey, r.UserKey });
        role.Property(r => r.AccountKey).HasColumnName("c_accounts");
        role.Property(r => r.UserKey).HasColumnName("c_users");
        role.Property(r => r.Role).HasColumnName("role");
        role.HasOne(r => r.Account).WithMany().HasForeignKey(r => r.AccountKey);
        role.HasOne(r => r.User).WithMany().HasForeignKey(r => r.UserKey);
    }

    private static void Map(EntityTypeBuilder<ServiceKey> key)
    {
        key.ToTable("mao_service_keys");
        key.Property(k => k.Id).HasColumnName("id");
        key.Property(k => k.KeyId).HasColumnName("key_id");
        key.Property(k => k.Scope).HasColumnName("scope");
        key.Property(k => k.Description).HasColumnName("descr");
        key.Property(k => k.Secret).HasColumnName("secret");
        key.Property(k => k.PreviousSecret).HasColumnName("previous_secret");
        key.Property(k => k.PreviousUntil).HasColumnName("previous_until");
        key.Property(k => k.IsActive).HasColumnName("active");
        key.Property(k => k.Expires).HasColumnName("expires");
        key.Property(k => k.Created).HasColumnName("created");
        key.Property(k => k.Rotated).HasColumnName("rotated");
        key.Property(k => k.Version).HasColumnName("version").IsConcurrencyToken();
        key.HasIndex(k => k.KeyId).IsUnique();
        key.HasIndex(k => k.Scope);
    }

    private static void Map(EntityTypeBuilder<AccessToken> token)
    {
        token.ToTable("mao_access_tokens");
        token.Property(t => t.Id).HasColumnName("id");
        token.Property(t => t.UserKey).HasColumnName("c_users");
        token.Property(t => t.TokenId).HasColumnName("token_id");
        token.Property(t => t.Name).HasColumnName("name");
        token.Property(t => t.TokenHash).HasColumnName("token_hash");
        token.Property(t => t.Scope).HasColumnName("scope");
        token.Property(t => t.Created).HasColumnName("created");
        token.Property(t => t.Expires).HasColumnName("expires");
        token.Property(t => t.Revoked).HasColumnName("revoked");
        token.HasIndex(t => t.TokenHash).IsUnique();
        token.HasIndex(t => t.TokenId).IsUnique();
        token.HasIndex(t => t.UserKey);
        token.HasOne(t => t.User).WithMany().HasForeignKey(t => t.UserKey);
    }
}
