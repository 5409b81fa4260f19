using MaoApi.Data.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaoApi.Data.Mapping;

/// <summary>Studies and models.</summary>
internal static class StudyMapping
{
    public static void Apply(ModelBuilder model)
    {
        Map(model.Entity<Study>());
        Map(model.Entity<StudyValue>());
        Map(model.Entity<StudyExport>());
        Map(model.Entity<ModelVersion>());
        Map(model.Entity<ModelPerformance>());
        Map(model.Entity<ModelPart>());
        Map(model.Entity<ModelActivation>());
    }

    private static void Map(EntityTypeBuilder<Study> study)
    {
        study.ToOwnTable("mao_studies");
        study.Property(s => s.TimeFrameSeconds).HasColumnName("time_frame");
        study.HasIndex(s => s.StudyId).IsUnique();
        study.HasOne(s => s.Ticker).WithMany().HasForeignKey(s => s.TickerKey);
    }

    private static void Map(EntityTypeBuilder<StudyValue> value)
    {
        value.ToOwnTable("mao_study_values").HasKey(v => new { v.StudyKey, v.Frame });
        value.Property(v => v.StudyKey).HasColumnName("c_studies");
        value.HasOne<Study>().WithMany().HasForeignKey(v => v.StudyKey);
    }

    private static void Map(EntityTypeBuilder<StudyExport> export)
    {
        export.ToOwnTable("mao_study_exports").HasKey(e => e.TickerKey);
        export.Property(e => e.TickerKey).ValueGeneratedNever();
        export.Property(e => e.StudyKey).HasColumnName("c_studies");
        export.HasIndex(e => e.StudyKey);
        export.HasOne<Ticker>().WithMany().HasForeignKey(e => e.TickerKey);
        export.HasOne<Study>().WithMany().HasForeignKey(e => e.StudyKey);
    }

    private static void Map(EntityTypeBuilder<ModelVersion> model)
    {
        model.ToOwnTable("mao_models");
        model.Property(m => m.Sha256).HasColumnName("sha256");
        model.Property(m => m.Rows).HasColumnName("training_rows");
        model.HasIndex(m => new { m.Name, m.ModelVersionId }).IsUnique();
        model.Property(m => m.TimeFrameSeconds).HasColumnName("time_frame");
        model.HasMany(m => m.Performance).WithOne().HasForeignKey(p => p.ModelKey);
        model.HasMany(m => m.Parts).WithOne().HasForeignKey(p => p.ModelKey);
        model.HasMany(m => m.Activations).WithOne(a => a.Model).HasForeignKey(a => a.ModelKey);
    }

    private static void Map(EntityTypeBuilder<ModelPart> part)
    {
        part.ToOwnTable("mao_model_parts").HasKey(p => new { p.ModelKey, p.Number });
        part.Property(p => p.ModelKey).HasColumnName("c_models");
    }

    private static void Map(EntityTypeBuilder<ModelActivation> activation)
    {
        activation.ToOwnTable("mao_model_activations").HasKey(a => new { a.AccountId, a.Name });
        activation.Property(a => a.ModelKey).HasColumnName("c_models");
    }

    private static void Map(EntityTypeBuilder<ModelPerformance> performance)
    {
        performance.ToOwnTable("mao_model_performance");
        performance.Property(p => p.Precision).HasColumnName("precision_score");
        performance.Property(p => p.Recall).HasColumnName("recall_score");
        performance.Property(p => p.Rows).HasColumnName("test_rows");
        performance.HasIndex(p => new { p.ModelKey, p.MeasuredAt });
    }
}
