using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>
/// What changed in stored bars: versions, and corrections. The table of blocks is made anew, because SQLite reads a column that was added
/// behind the bars only through all of their pages.
/// </summary>
[DbContext(typeof(MaoDataContext))]
[Migration("20261122000003_BarRevisions")]
internal sealed class BarRevisions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("version", "hst_index", nullable: false, defaultValue: 1L);
        migrationBuilder.CreateTable(
            "mao_bars_revised",
            table => new
            {
                c_tickers = table.Column<int>(),
                time_frame = table.Column<int>(),
                block = table.Column<long>(),
                start_frame = table.Column<long>(),
                end_frame = table.Column<long>(),
                count = table.Column<int>(),
                revision = table.Column<long>(),
                bars = table.Column<byte[]>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_bars_revised", row => new { row.c_tickers, row.time_frame, row.block });
                table.ForeignKey("fk_mao_bars_revised_ticker", row => row.c_tickers, "mtrace_tickers", "id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.Sql(
            """
            INSERT INTO mao_bars_revised (c_tickers, time_frame, block, start_frame, end_frame, count, revision, bars)
            SELECT c_tickers, time_frame, block, start_frame, end_frame, count, 1, bars FROM mao_bars
            """);
        migrationBuilder.DropTable("mao_bars");
        migrationBuilder.Sql("ALTER TABLE mao_bars_revised RENAME TO mao_bars");
        CreateCorrections(migrationBuilder);
        migrationBuilder.CreateIndex("ix_mtrace_tickers_modified", "mtrace_tickers", "modified");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("ix_mtrace_tickers_modified", "mtrace_tickers");
        migrationBuilder.DropTable("mao_bar_corrections");
        migrationBuilder.DropColumnInPlace("revision", "mao_bars");
        migrationBuilder.DropColumnInPlace("version", "hst_index");
    }

    private static void CreateCorrections(MigrationBuilder migration)
    {
        migration.CreateTable(
            "mao_bar_corrections",
            table => new
            {
                id = table.Identity<long>(),
                c_tickers = table.Column<int>(),
                time_frame = table.Column<int>(),
                frame = table.Column<long>(),
                open = table.Column<decimal>(),
                high = table.Column<decimal>(),
                low = table.Column<decimal>(),
                close = table.Column<decimal>(),
                volume = table.Column<decimal>(),
                source = table.Text(200),
                corrected = table.Time(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_bar_corrections", row => row.id);
                table.ForeignKey("fk_mao_bar_corrections_ticker", row => row.c_tickers, "mtrace_tickers", "id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("ix_mao_bar_corrections_frame", "mao_bar_corrections", ["c_tickers", "time_frame", "frame"]);
    }
}
