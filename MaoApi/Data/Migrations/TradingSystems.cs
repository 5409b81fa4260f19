using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>Trading systems with their parameters, and the market data of symbols.</summary>
[DbContext(typeof(MaoHomeContext))]
[Migration("20261122000002_TradingSystems")]
internal sealed class TradingSystems : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "symbols_tickers",
            table => new
            {
                id = table.Identity(),
                epicData = table.Text(64),
                tickerid = table.Column<int>(),
                enabled = table.Column<bool>(),
            },
            constraints: table => table.PrimaryKey("pk_symbols_tickers", row => row.id));

        migrationBuilder.CreateTable(
            "tradingsystems",
            table => new
            {
                id = table.Identity(),
                name = table.Text(64),
                description = table.Text(),
                active = table.Column<bool>(),
                plugin_file = table.Text(200, nullable: true),
                plugin_sha256 = table.Text(64, nullable: true),
                created = table.Time(),
                modified = table.Time(),
                version = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("pk_tradingsystems", row => row.id));

        migrationBuilder.CreateTable(
            "tradingsystems_params",
            table => new
            {
                id = table.Identity(),
                c_tradingsystems = table.Column<int>(),
                position = table.Column<int>(),
                key = table.Text(64),
                type = table.Text(10),
                required = table.Column<bool>(),
                @default = table.Text(nullable: true),
                min = table.Column<decimal>(nullable: true),
                max = table.Column<decimal>(nullable: true),
                values = table.Text(nullable: true),
                label = table.Text(200),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_tradingsystems_params", row => row.id);
                table.ForeignKey(
                    "fk_tradingsystems_params_system", row => row.c_tradingsystems, "tradingsystems", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateIndex("ux_symbols_tickers_epicdata", "symbols_tickers", "epicData", unique: true);
        migrationBuilder.CreateIndex("ux_tradingsystems_name", "tradingsystems", "name", unique: true);
        migrationBuilder.CreateIndex("ux_tradingsystems_params", "tradingsystems_params", ["c_tradingsystems", "key"], unique: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("tradingsystems_params");
        migrationBuilder.DropTable("tradingsystems");
        migrationBuilder.DropTable("symbols_tickers");
    }
}
