using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaoApi.Data.Mapping;

/// <summary>What users are told, and over which channels.</summary>
internal static class NoticeMapping
{
    public static void Apply(ModelBuilder model)
    {
        Map(model.Entity<Notification>());
        Map(model.Entity<Delivery>());
        Map(model.Entity<Preference>());
    }

    private static void Map(EntityTypeBuilder<Notification> notification)
    {
        notification.ToOwnTable("mao_notifications");
        notification.HasIndex(n => new { n.UserKey, n.ReadAt });
        notification.HasIndex(n => new { n.UserKey, n.EventId }).IsUnique();
        notification.HasOne(n => n.User).WithMany().HasForeignKey(n => n.UserKey);
        notification.HasOne<Account>().WithMany().HasForeignKey(n => n.AccountKey).OnDelete(DeleteBehavior.SetNull);
        notification.HasMany(n => n.Deliveries).WithOne(d => d.Notification).HasForeignKey(d => d.NotificationKey);
    }

    private static void Map(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToOwnTable("mao_deliveries");
        delivery.HasIndex(d => new { d.NotificationKey, d.Channel, d.Target }).IsUnique();
        delivery.HasIndex(d => new { d.State, d.Due });
        delivery.HasOne<Device>().WithMany().HasForeignKey(d => d.DeviceKey).OnDelete(DeleteBehavior.SetNull);
    }

    private static void Map(EntityTypeBuilder<Preference> preference)
    {
        preference.ToOwnTable("mao_preferences").HasKey(p => p.UserKey);
        preference.Property(p => p.UserKey).ValueGeneratedNever();
        preference.HasOne<User>().WithOne().HasForeignKey<Preference>(p => p.UserKey);
    }
}
