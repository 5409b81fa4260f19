using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaoApi.Data.Mapping;

/// <summary>Jobs, studies and feeds they work on, and what the gateway remembers of its own work: audit, answers, flags, roles.</summary>
internal static class WorkMapping
{
    public static void Apply(ModelBuilder model)
    {
        Map(model.Entity<Job>());
        Map(model.Entity<JobRun>());
        Map(model.Entity<Feed>());
        Map(model.Entity<StudyPlan>());
        Map(model.Entity<AuditEntry>());
        Map(model.Entity<IdempotentAnswer>());
        model.Entity<Flag>().ToOwnTable("mao_flags").HasKey(flag => flag.Name);
        model.Entity<RoleBeat>().ToOwnTable("mao_roles").HasKey(beat => beat.Role);
    }

    private static void Map(EntityTypeBuilder<Job> job)
    {
        job.ToOwnTable("mao_jobs");
        job.HasIndex(j => j.Name).IsUnique();
        job.HasIndex(j => new { j.State, j.Due });
    }

    private static void Map(EntityTypeBuilder<JobRun> run)
    {
        run.ToOwnTable("mao_job_runs");
        run.HasIndex(r => r.JobId).IsUnique();
        run.HasIndex(r => new { r.State, r.Due });
        run.HasOne(r => r.Job).WithMany().HasForeignKey(r => r.JobKey).OnDelete(DeleteBehavior.SetNull);
        run.HasOne<User>().WithMany().HasForeignKey(r => r.UserKey).OnDelete(DeleteBehavior.SetNull);
    }

    private static void Map(EntityTypeBuilder<Feed> feed)
    {
        feed.ToOwnTable("mao_feeds");
        feed.HasIndex(f => f.Name).IsUnique();
    }

    private static void Map(EntityTypeBuilder<StudyPlan> plan)
    {
        plan.ToOwnTable("mao_study_plans");
        plan.Property(p => p.TimeFrameSeconds).HasColumnName("time_frame");
        plan.HasIndex(p => p.StudyId).IsUnique();
        plan.HasIndex(p => p.ExportSymbol).IsUnique();
    }

    private static void Map(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToOwnTable("mao_audit");
        entry.Property(e => e.ClientAddress).HasColumnName("ip");
        entry.HasIndex(e => e.At);
        entry.HasIndex(e => e.Target);
    }

    private static void Map(EntityTypeBuilder<IdempotentAnswer> answer)
    {
        answer.ToOwnTable("mao_idempotency");
        answer.Property(a => a.Key).HasColumnName("idempotency_key");
        answer.HasIndex(a => new { a.Caller, a.Key }).IsUnique();
        answer.HasIndex(a => a.Expires);
    }
}
