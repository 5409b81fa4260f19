using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaoApi.Data.Mapping;

/// <summary>Accounts, who may use them, their engines and what these told.</summary>
internal static class AccountMapping
{
    public static void Apply(ModelBuilder model)
    {
        Map(model.Entity<Account>());
        Map(model.Entity<AccountRole>());
        Map(model.Entity<Pod>());
        model.Entity<Installation>().ToOwnTable("mao_installation").Property(row => row.Id).ValueGeneratedNever();
        Map(model.Entity<EngineEvent>());
        Map(model.Entity<DailySummary>());
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
        account.HasIndex(a => a.AccountId).IsUnique();
        account.HasOne(a => a.User).WithMany().HasForeignKey(a => a.UserKey);
        account.HasOne(a => a.Broker).WithMany().HasForeignKey(a => a.BrokerKey);
        account.HasOne(a => a.Pod).WithOne(p => p.Account).HasForeignKey<Pod>(p => p.AccountKey);
    }

    private static void Map(EntityTypeBuilder<AccountRole> role)
    {
        role.ToOwnTable("mao_account_roles").HasKey(r => new { r.AccountKey, r.UserKey });
        role.HasOne(r => r.Account).WithMany().HasForeignKey(r => r.AccountKey);
        role.HasOne(r => r.User).WithMany(u => u.Roles).HasForeignKey(r => r.UserKey);
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
        pod.Property(p => p.Driver).HasColumnName("driver");
        pod.Property(p => p.Detail).HasColumnName("detail");
        pod.Property(p => p.CpuPercent).HasColumnName("cpu_percent");
        pod.Property(p => p.MemoryBytes).HasColumnName("memory_bytes");
        pod.Property(p => p.Holder).HasColumnName("holder");
        pod.Property(p => p.HeldUntil).HasColumnName("held_until");
    }

    private static void Map(EntityTypeBuilder<EngineEvent> told)
    {
        told.ToOwnTable("mao_events");
        told.HasIndex(e => new { e.AccountKey, e.EventId }).IsUnique();
        told.HasOne<Account>().WithMany().HasForeignKey(e => e.AccountKey);
    }

    private static void Map(EntityTypeBuilder<DailySummary> summary)
    {
        summary.ToOwnTable("mao_summaries").HasKey(s => new { s.AccountKey, s.Date });
        summary.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountKey);
    }
}
