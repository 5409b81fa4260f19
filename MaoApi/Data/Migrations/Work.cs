using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>Jobs, flags, and what the gateway remembers of requests: audit and answers.</summary>
[DbContext(typeof(MaoHomeContext))]
[Migration("20261122000006_Work")]
internal sealed class Work : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateJobs(migrationBuilder);
        CreateRecords(migrationBuilder);
        migrationBuilder.CreateIndex("ux_mao_jobs_name", "mao_jobs", "name", unique: true);
        migrationBuilder.CreateIndex("ix_mao_jobs_due", "mao_jobs", ["state", "due"]);
        migrationBuilder.CreateIndex("ux_mao_job_runs_job_id", "mao_job_runs", "job_id", unique: true);
        migrationBuilder.CreateIndex("ix_mao_job_runs_due", "mao_job_runs", ["state", "due"]);
        migrationBuilder.CreateIndex("ix_mao_job_runs_job", "mao_job_runs", "c_jobs");
        migrationBuilder.CreateIndex("ix_mao_job_runs_user", "mao_job_runs", "c_users");
        migrationBuilder.CreateIndex("ix_mao_audit_at", "mao_audit", "at");
        migrationBuilder.CreateIndex("ix_mao_audit_target", "mao_audit", "target");
        migrationBuilder.CreateIndex("ux_mao_idempotency", "mao_idempotency", ["caller", "idempotency_key"], unique: true);
        migrationBuilder.CreateIndex("ix_mao_idempotency_expires", "mao_idempotency", "expires");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        string[] tables = ["mao_idempotency", "mao_audit", "mao_flags", "mao_job_runs", "mao_jobs"];
        foreach (var table in tables)
        {
            migrationBuilder.DropTable(table);
        }
    }

    private static void CreateJobs(MigrationBuilder migration)
    {
        migration.CreateTable(
            "mao_jobs",
            table => new
            {
                id = table.Identity(),
                name = table.Text(100),
                kind = table.Text(40),
                lane = table.Text(10),
                schedule = table.Text(100),
                arguments = table.Text(),
                enabled = table.Column<bool>(),
                state = table.Text(10),
                due = table.Time(nullable: true),
                last_run = table.Time(nullable: true),
                last_state = table.Text(10, nullable: true),
                version = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("pk_mao_jobs", row => row.id));

        migration.CreateTable(
            "mao_job_runs",
            table => new
            {
                id = table.Identity(),
                job_id = table.Text(64),
                c_jobs = table.Column<int>(nullable: true),
                kind = table.Text(40),
                lane = table.Text(10),
                state = table.Text(10),
                due = table.Time(),
                arguments = table.Text(),
                progress = table.Column<double>(),
                message = table.Text(),
                attempts = table.Column<int>(),
                c_users = table.Column<int>(nullable: true),
                holder = table.Text(100, nullable: true),
                held_until = table.Time(nullable: true),
                cancel_requested = table.Column<bool>(),
                created = table.Time(),
                started = table.Time(nullable: true),
                ended = table.Time(nullable: true),
                result = table.Text(nullable: true),
                error = table.Text(nullable: true),
                version = table.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_job_runs", row => row.id);
                table.ForeignKey("fk_mao_job_runs_job", row => row.c_jobs, "mao_jobs", "id", onDelete: ReferentialAction.SetNull);
                table.ForeignKey("fk_mao_job_runs_user", row => row.c_users, "mtrace_users", "id", onDelete: ReferentialAction.SetNull);
            });
    }

    private static void CreateRecords(MigrationBuilder migration)
    {
        migration.CreateTable(
            "mao_flags",
            table => new
            {
                name = table.Text(64),
                description = table.Text(),
                enabled = table.Column<bool>(),
                percent = table.Column<int>(),
                modified = table.Time(),
                version = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("pk_mao_flags", row => row.name));

        migration.CreateTable(
            "mao_audit",
            table => new
            {
                id = table.Identity<long>(),
                at = table.Time(),
                who = table.Text(128),
                ip = table.Text(64, nullable: true),
                agent = table.Text(200, nullable: true),
                what = table.Text(64),
                target = table.Text(200),
                before = table.Text(nullable: true),
                after = table.Text(nullable: true),
                request_id = table.Text(64, nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_mao_audit", row => row.id));

        migration.CreateTable(
            "mao_idempotency",
            table => new
            {
                id = table.Identity(),
                caller = table.Text(200),
                idempotency_key = table.Text(64),
                route = table.Text(200),
                body_hash = table.Text(64),
                status = table.Column<int>(nullable: true),
                content_type = table.Text(100, nullable: true),
                answer = table.Column<byte[]>(nullable: true),
                created = table.Time(),
                expires = table.Time(),
            },
            constraints: table => table.PrimaryKey("pk_mao_idempotency", row => row.id));
    }
}
