using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaoApi.Data.Mapping;

/// <summary>What a user's client keeps: watch list, stores, devices.</summary>
internal static class ClientMapping
{
    public static void Apply(ModelBuilder model)
    {
        Map(model.Entity<WatchedTicker>());
        Map(model.Entity<TickerStore>());
        Map(model.Entity<Device>());
    }

    private static void Map(EntityTypeBuilder<WatchedTicker> watched)
    {
        watched.ToOwnTable("mtrace_users_tickers");
        watched.Property(w => w.Created).HasColumnName("mt_created");
        watched.Property(w => w.Modified).HasColumnName("mt_modified");
        watched.HasIndex(w => new { w.UserKey, w.TickerKey }).IsUnique();
        watched.HasOne<User>().WithMany().HasForeignKey(w => w.UserKey);
    }

    private static void Map(EntityTypeBuilder<TickerStore> store)
    {
        store.ToOwnTable("mtrace_datastore");
        store.Property(s => s.Modified).HasColumnName("mt_modified");
        store.HasIndex(s => new { s.UserKey, s.TickerKey }).IsUnique();
        store.HasOne<User>().WithMany().HasForeignKey(s => s.UserKey);
    }

    private static void Map(EntityTypeBuilder<Device> device)
    {
        device.ToOwnTable("mtrace_devices");
        device.Property(d => d.DeviceId).HasColumnName("deviceid");
        device.Property(d => d.PushToken).HasColumnName("gcmregid");
        device.Property(d => d.Brand).HasColumnName("marca");
        device.Property(d => d.Model).HasColumnName("modello");
        device.Property(d => d.WantsPush).HasColumnName("flgpush");
        device.Property(d => d.IsPushRegistered).HasColumnName("flggcmpush");
        device.HasIndex(d => new { d.UserKey, d.DeviceId }).IsUnique();
        device.HasOne(d => d.User).WithMany().HasForeignKey(d => d.UserKey);
    }
}
