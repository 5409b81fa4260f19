using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>Market history and news.</summary>
[DbContext(typeof(MaoDataContext))]
[Migration("20261122000001_History")]
internal sealed class History : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "mtrace_tickers",
            table => new
            {
                id = table.Identity(),
                symbol = table.Text(64),
                name = table.Text(200),
                market = table.Text(40),
                currency = table.Text(3),
                source = table.Text(10),
                file_path = table.Text(1000, nullable: true),
                record_length = table.Column<int>(nullable: true),
                enabled = table.Column<bool>(),
                created = table.Time(),
                modified = table.Time(),
            },
            constraints: table => table.PrimaryKey("pk_mtrace_tickers", row => row.id));

        migrationBuilder.CreateTable(
            "hst_index",
            table => new
            {
                id = table.Identity(),
                c_mtrace_tickers = table.Column<int>(),
                timeFrame = table.Column<int>(),
                startFrame = table.Column<long>(),
                endFrame = table.Column<long>(),
                enabled = table.Column<bool>(),
                tableName = table.Text(64, nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_hst_index", row => row.id);
                table.ForeignKey("fk_hst_index_ticker", row => row.c_mtrace_tickers, "mtrace_tickers", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "mao_bars",
            table => new
            {
                c_tickers = table.Column<int>(),
                time_frame = table.Column<int>(),
                block = table.Column<long>(),
                start_frame = table.Column<long>(),
                end_frame = table.Column<long>(),
                count = table.Column<int>(),
                bars = table.Column<byte[]>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_bars", row => new { row.c_tickers, row.time_frame, row.block });
                table.ForeignKey("fk_mao_bars_ticker", row => row.c_tickers, "mtrace_tickers", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "news",
            table => new
            {
                id = table.Identity(),
                title = table.Text(500),
                img = table.Text(2000, nullable: true),
                link = table.Text(2000),
                link_hash = table.Text(64),
                pubDate = table.Time(),
                type = table.Text(40),
            },
            constraints: table => table.PrimaryKey("pk_news", row => row.id));

        migrationBuilder.CreateIndex("ux_mtrace_tickers_symbol", "mtrace_tickers", "symbol", unique: true);
        migrationBuilder.CreateIndex("ux_hst_index", "hst_index", ["c_mtrace_tickers", "timeFrame"], unique: true);
        migrationBuilder.CreateIndex("ux_news_link", "news", "link_hash", unique: true);
        migrationBuilder.CreateIndex("ix_news_published", "news", ["type", "pubDate"]);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        string[] tables = ["news", "mao_bars", "hst_index", "mtrace_tickers"];
        foreach (var table in tables)
        {
            migrationBuilder.DropTable(table);
        }
    }
}
