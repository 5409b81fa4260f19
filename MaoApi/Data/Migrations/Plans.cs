using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>What administrators plan: studies, and feeds of news.</summary>
[DbContext(typeof(MaoHomeContext))]
[Migration("20261123000001_Plans")]
internal sealed class Plans : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "mao_study_plans",
            table => new
            {
                id = table.Identity(),
                study_id = table.Text(64),
                name = table.Text(200),
                kind = table.Text(40),
                tickers = table.Text(),
                time_frame = table.Column<int>(),
                parameters = table.Text(),
                schedule = table.Text(100, nullable: true),
                export_symbol = table.Text(64, nullable: true),
                enabled = table.Column<bool>(),
                created = table.Time(),
                modified = table.Time(),
                version = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("pk_mao_study_plans", row => row.id));

        migrationBuilder.CreateTable(
            "mao_feeds",
            table => new
            {
                id = table.Identity(),
                name = table.Text(40),
                address = table.Text(2048),
                type = table.Text(40),
                enabled = table.Column<bool>(),
                entity_tag = table.Text(200, nullable: true),
                last_modified = table.Time(nullable: true),
                @checked = table.Time(nullable: true),
                last_result = table.Text(1000),
                failures = table.Column<int>(),
                created = table.Time(),
                modified = table.Time(),
                version = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("pk_mao_feeds", row => row.id));

        migrationBuilder.CreateIndex("ux_mao_study_plans_study_id", "mao_study_plans", "study_id", unique: true);
        migrationBuilder.CreateIndex("ux_mao_study_plans_export_symbol", "mao_study_plans", "export_symbol", unique: true);
        migrationBuilder.CreateIndex("ux_mao_feeds_name", "mao_feeds", "name", unique: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("mao_feeds");
        migrationBuilder.DropTable("mao_study_plans");
    }
}
