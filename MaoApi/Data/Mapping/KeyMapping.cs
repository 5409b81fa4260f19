using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaoApi.Data.Mapping;

/// <summary>Keys and tokens of programs, keys of the issuer.</summary>
internal static class KeyMapping
{
    public static void Apply(ModelBuilder model)
    {
        Map(model.Entity<ServiceKey>());
        Map(model.Entity<AccessToken>());
        Map(model.Entity<SigningKey>());
    }

    private static void Map(EntityTypeBuilder<ServiceKey> key)
    {
        key.ToOwnTable("mao_service_keys");
        key.Property(k => k.Description).HasColumnName("descr");
        key.HasIndex(k => k.KeyId).IsUnique();
        key.HasIndex(k => k.Scope);
    }

    private static void Map(EntityTypeBuilder<AccessToken> token)
    {
        token.ToOwnTable("mao_access_tokens");
        token.HasIndex(t => t.TokenHash).IsUnique();
        token.HasIndex(t => t.TokenId).IsUnique();
        token.HasIndex(t => t.UserKey);
        token.HasOne(t => t.User).WithMany().HasForeignKey(t => t.UserKey);
    }

    private static void Map(EntityTypeBuilder<SigningKey> key) => key.ToOwnTable("mao_signing_keys").HasKey(k => k.KeyId);
}
