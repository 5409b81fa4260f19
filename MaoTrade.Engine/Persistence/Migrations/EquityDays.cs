using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoTrade.Engine.Persistence.Migrations;

/// <summary>The equity of each day, and trades found by their time.</summary>
[DbContext(typeof(EngineContext))]
[Migration(Id)]
public sealed class EquityDays : Migration
{
    internal const string Id = "20261122000000_EquityDays";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "equity_days",
            table => new
            {
                date = table.Column<string>("TEXT"),
                start_equity = table.Column<string>("TEXT"),
                end_equity = table.Column<string>("TEXT"),
                peak = table.Column<string>("TEXT"),
                low = table.Column<string>("TEXT"),
                max_drawdown = table.Column<double>("REAL"),
            },
            constraints: table => table.PrimaryKey("pk_equity_days", row => row.date));
        migrationBuilder.CreateIndex("ix_fills_at", "fills", "at");

        // The day that runs knew only its start and its peak.
        migrationBuilder.Sql(
            """
            UPDATE account SET document = json_set(
              CAST(document AS TEXT),
              '$.equity.low', json_extract(CAST(document AS TEXT), '$.equity.start'),
              '$.equity.last', json_extract(CAST(document AS TEXT), '$.equity.start'))
            WHERE json_type(CAST(document AS TEXT), '$.equity') = 'object'
            """);
    }
}
