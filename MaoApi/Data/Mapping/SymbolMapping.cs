using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaoApi.Data.Mapping;

/// <summary>Brokers, what can be traded there, and its market data.</summary>
internal static class SymbolMapping
{
    public static void Apply(ModelBuilder model)
    {
        Map(model.Entity<Broker>());
        Map(model.Entity<Symbol>());
        Map(model.Entity<BrokerSymbol>());
        Map(model.Entity<SymbolTicker>());
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
        symbol.ToOwnTable("symbols_brokers");
        symbol.Property(s => s.SymbolKey).HasColumnName("idsymbol");
        symbol.Property(s => s.BrokerEpic).HasColumnName("epic");
        symbol.HasIndex(s => new { s.BrokerKey, s.SymbolKey }).IsUnique();
        symbol.HasOne(s => s.Symbol).WithMany().HasForeignKey(s => s.SymbolKey);
        symbol.HasOne(s => s.Broker).WithMany().HasForeignKey(s => s.BrokerKey);
    }

    private static void Map(EntityTypeBuilder<SymbolTicker> symbol)
    {
        symbol.ToTable("symbols_tickers");
        symbol.Property(s => s.Id).HasColumnName("id");
        symbol.Property(s => s.DataEpic).HasColumnName("epicData");
        symbol.Property(s => s.TickerKey).HasColumnName("tickerid");
        symbol.Property(s => s.IsEnabled).HasColumnName("enabled");
        symbol.HasIndex(s => s.DataEpic).IsUnique();
    }
}
