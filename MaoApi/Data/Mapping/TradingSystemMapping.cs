using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaoApi.Data.Mapping;

/// <summary>Trading systems and their parameters.</summary>
internal static class TradingSystemMapping
{
    public static void Apply(ModelBuilder model)
    {
        Map(model.Entity<TradingSystem>());
        Map(model.Entity<TradingSystemParameter>());
    }

    private static void Map(EntityTypeBuilder<TradingSystem> system)
    {
        system.ToOwnTable("tradingsystems");
        system.Property(s => s.PluginSha256).HasColumnName("plugin_sha256");
        system.HasIndex(s => s.Name).IsUnique();
        system.HasMany(s => s.Parameters).WithOne().HasForeignKey(p => p.SystemKey);
    }

    private static void Map(EntityTypeBuilder<TradingSystemParameter> parameter)
    {
        parameter.ToOwnTable("tradingsystems_params");
        parameter.Property(p => p.SystemKey).HasColumnName("c_tradingsystems");
        parameter.HasIndex(p => new { p.SystemKey, p.Key }).IsUnique();
    }
}
