using MaoApi.Data.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaoApi.Data.Mapping;

/// <summary>Market history and news.</summary>
internal static class HistoryMapping
{
    public static void Apply(ModelBuilder model)
    {
        Map(model.Entity<Ticker>());
        Map(model.Entity<HistoryIndex>());
        Map(model.Entity<BarBlock>());
        Map(model.Entity<BarCorrection>());
        Map(model.Entity<NewsItem>());
    }

    private static void Map(EntityTypeBuilder<Ticker> ticker)
    {
        ticker.ToOwnTable("mtrace_tickers");
        ticker.Property(t => t.RecordSizeBytes).HasColumnName("record_length");
        ticker.HasIndex(t => t.Symbol).IsUnique();
        ticker.HasIndex(t => t.Modified);
    }

    private static void Map(EntityTypeBuilder<HistoryIndex> index)
    {
        index.ToTable("hst_index");
        index.Property(i => i.Id).HasColumnName("id");
        index.Property(i => i.TickerKey).HasColumnName("c_mtrace_tickers");
        index.Property(i => i.TimeFrameSeconds).HasColumnName("timeFrame");
        index.Property(i => i.StartFrame).HasColumnName("startFrame");
        index.Property(i => i.EndFrame).HasColumnName("endFrame");
        index.Property(i => i.IsEnabled).HasColumnName("enabled");
        index.Property(i => i.TableName).HasColumnName("tableName");
        index.HasIndex(i => new { i.TickerKey, i.TimeFrameSeconds }).IsUnique();
        index.HasOne(i => i.Ticker).WithMany().HasForeignKey(i => i.TickerKey);
    }

    private static void Map(EntityTypeBuilder<BarBlock> block)
    {
        block.ToOwnTable("mao_bars").HasKey(b => new { b.TickerKey, b.TimeFrameSeconds, b.Block });
        block.Property(b => b.TimeFrameSeconds).HasColumnName("time_frame");
        block.HasOne<Ticker>().WithMany().HasForeignKey(b => b.TickerKey);
    }

    private static void Map(EntityTypeBuilder<BarCorrection> correction)
    {
        correction.ToOwnTable("mao_bar_corrections");
        correction.Property(c => c.TimeFrameSeconds).HasColumnName("time_frame");
        correction.HasIndex(c => new { c.TickerKey, c.TimeFrameSeconds, c.Frame });
        correction.HasOne<Ticker>().WithMany().HasForeignKey(c => c.TickerKey);
    }

    private static void Map(EntityTypeBuilder<NewsItem> news)
    {
        news.ToTable("news");
        news.Property(n => n.Id).HasColumnName("id");
        news.Property(n => n.Title).HasColumnName("title");
        news.Property(n => n.Image).HasColumnName("img");
        news.Property(n => n.Link).HasColumnName("link");
        news.Property(n => n.LinkHash).HasColumnName("link_hash");
        news.Property(n => n.GuidHash).HasColumnName("guid_hash");
        news.Property(n => n.Published).HasColumnName("pubDate");
        news.Property(n => n.Type).HasColumnName("type");
        news.HasIndex(n => n.LinkHash).IsUnique();
        news.HasIndex(n => n.GuidHash).IsUnique();
        news.HasIndex(n => new { n.Type, n.Published });
    }
}
