using MaoApi.Data.History;
using MaoApi.Data.Mapping;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Data;

/// <summary>The database <c>maodata</c>: market history, news, studies, models.</summary>
internal sealed class MaoDataContext(DbContextOptions<MaoDataContext> options) : VersionedContext(options)
{
    public DbSet<Ticker> Tickers => Set<Ticker>();

    public DbSet<HistoryIndex> HistoryIndexes => Set<HistoryIndex>();

    public DbSet<BarBlock> BarBlocks => Set<BarBlock>();

    public DbSet<BarCorrection> BarCorrections => Set<BarCorrection>();

    public DbSet<NewsItem> News => Set<NewsItem>();

    public DbSet<Study> Studies => Set<Study>();

    public DbSet<StudyValue> StudyValues => Set<StudyValue>();

    public DbSet<StudyExport> StudyExports => Set<StudyExport>();

    public DbSet<ModelVersion> Models => Set<ModelVersion>();

    public DbSet<ModelPerformance> ModelPerformance => Set<ModelPerformance>();

    public DbSet<ModelPart> ModelParts => Set<ModelPart>();

    public DbSet<ModelActivation> ModelActivations => Set<ModelActivation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        HistoryMapping.Apply(modelBuilder);
        StudyMapping.Apply(modelBuilder);
        base.OnModelCreating(modelBuilder);
    }
}
