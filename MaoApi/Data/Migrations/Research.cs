using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>Studies with their values, models with what they achieved.</summary>
[DbContext(typeof(MaoDataContext))]
[Migration("20261122000002_Research")]
internal sealed class Research : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateStudies(migrationBuilder);
        CreateModels(migrationBuilder);
        migrationBuilder.CreateIndex("ux_mao_studies_study_id", "mao_studies", "study_id", unique: true);
        migrationBuilder.CreateIndex("ix_mao_studies_ticker", "mao_studies", "c_tickers");
        migrationBuilder.CreateIndex("ux_mao_models", "mao_models", ["name", "model_version_id"], unique: true);
        migrationBuilder.CreateIndex("ix_mao_model_performance", "mao_model_performance", ["c_models", "measured_at"]);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        string[] tables = ["mao_model_performance", "mao_models", "mao_study_values", "mao_studies"];
        foreach (var table in tables)
        {
            migrationBuilder.DropTable(table);
        }
    }

    private static void CreateStudies(MigrationBuilder migration)
    {
        migration.CreateTable(
            "mao_studies",
            table => new
            {
                id = table.Identity(),
                study_id = table.Text(64),
                c_tickers = table.Column<int>(),
                time_frame = table.Column<int>(),
                name = table.Text(200),
                kind = table.Text(40),
                parameters = table.Text(),
                created = table.Time(),
                modified = table.Time(),
                version = table.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_studies", row => row.id);
                table.ForeignKey("fk_mao_studies_ticker", row => row.c_tickers, "mtrace_tickers", "id", onDelete: ReferentialAction.Cascade);
            });

        migration.CreateTable(
            "mao_study_values",
            table => new
            {
                c_studies = table.Column<int>(),
                frame = table.Column<long>(),
                value = table.Column<double>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_study_values", row => new { row.c_studies, row.frame });
                table.ForeignKey("fk_mao_study_values_study", row => row.c_studies, "mao_studies", "id", onDelete: ReferentialAction.Cascade);
            });
    }

    private static void CreateModels(MigrationBuilder migration)
    {
        migration.CreateTable(
            "mao_models",
            table => new
            {
                id = table.Identity(),
                name = table.Text(100),
                model_version_id = table.Text(64),
                file = table.Text(1000),
                sha256 = table.Text(64),
                features_hash = table.Text(64),
                hyperparameters = table.Text(),
                seed = table.Column<long>(),
                training_rows = table.Column<int>(),
                from_frame = table.Column<long>(),
                to_frame = table.Column<long>(),
                active = table.Column<bool>(),
                created = table.Time(),
                version = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("pk_mao_models", row => row.id));

        migration.CreateTable(
            "mao_model_performance",
            table => new
            {
                id = table.Identity(),
                c_models = table.Column<int>(),
                measured_at = table.Time(),
                test_rows = table.Column<int>(),
                accuracy = table.Column<double>(),
                precision_score = table.Column<double>(),
                recall_score = table.Column<double>(),
                f1 = table.Column<double>(),
                validation_score = table.Column<double>(),
                feature_importance = table.Text(),
                drift = table.Column<double>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_model_performance", row => row.id);
                table.ForeignKey("fk_mao_model_performance_model", row => row.c_models, "mao_models", "id", onDelete: ReferentialAction.Cascade);
            });
    }
}
