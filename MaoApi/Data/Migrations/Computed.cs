using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>What studies were computed from and which tickers they are; the feeds' own names of news.</summary>
[DbContext(typeof(MaoDataContext))]
[Migration("20261123000001_Computed")]
internal sealed class Computed : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("definition", "mao_studies", nullable: true);
        migrationBuilder.AddColumn<byte[]>("sources", "mao_studies", nullable: true);
        migrationBuilder.AddColumn<string>("guid_hash", "news", maxLength: 64, nullable: true);
        migrationBuilder.CreateTable(
            "mao_study_exports",
            table => new
            {
                c_tickers = table.Column<int>(),
                c_studies = table.Column<int>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_study_exports", row => row.c_tickers);
                table.ForeignKey("fk_mao_study_exports_ticker", row => row.c_tickers, "mtrace_tickers", "id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("fk_mao_study_exports_study", row => row.c_studies, "mao_studies", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateIndex("ix_mao_study_exports_study", "mao_study_exports", "c_studies");
        migrationBuilder.CreateIndex("ux_news_guid", "news", "guid_hash", unique: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("ux_news_guid", "news");
        migrationBuilder.DropTable("mao_study_exports");
        migrationBuilder.DropColumnInPlace("guid_hash", "news");
        migrationBuilder.DropColumnInPlace("sources", "mao_studies");
        migrationBuilder.DropColumnInPlace("definition", "mao_studies");
    }
}
