using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaoApi.Data.Mapping;

/// <summary>People and how they log in.</summary>
internal static class UserMapping
{
    public static void Apply(ModelBuilder model)
    {
        Map(model.Entity<User>());
        Map(model.Entity<Credential>());
        Map(model.Entity<Session>());
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
        user.HasIndex(u => u.UserId).IsUnique();
    }

    private static void Map(EntityTypeBuilder<Credential> credential)
    {
        credential.ToOwnTable("mao_credentials").HasKey(c => c.UserKey);
        credential.Property(c => c.UserKey).ValueGeneratedNever();
        credential.HasOne(c => c.User).WithOne(u => u.Credential).HasForeignKey<Credential>(c => c.UserKey);
    }

    private static void Map(EntityTypeBuilder<Session> session)
    {
        session.ToOwnTable("mao_sessions");
        session.Property(s => s.UsedAt).IsConcurrencyToken();
        session.Property(s => s.LifetimeSeconds).HasColumnName("lifetime");
        session.Property(s => s.ClientAddress).HasColumnName("ip");
        session.Property(s => s.DeviceId).HasColumnName("device");
        session.HasIndex(s => s.TokenHash).IsUnique();
        session.HasIndex(s => s.Family);
        session.HasOne<User>().WithMany().HasForeignKey(s => s.UserKey);
    }
}
