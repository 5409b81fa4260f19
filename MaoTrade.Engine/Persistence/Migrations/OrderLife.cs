using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoTrade.Engine.Persistence.Migrations;

/// <summary>Cancelling, declared fills, latency of each step, what each fill moved, and the right to trade the account.</summary>
[DbContext(typeof(EngineContext))]
[Migration(Id)]
public sealed class OrderLife : Migration
{
    internal const string Id = "20261103000000_OrderLife";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("cancel_attempt", "orders", "INTEGER", defaultValue: 0);
        migrationBuilder.AddColumn<string>("assumed_qty", "orders", "TEXT", defaultValue: "0");
        migrationBuilder.AddColumn<double>("latency_ms", "order_changes", "REAL", defaultValue: 0d);
        migrationBuilder.AddColumn<string>("moved", "fills", "TEXT", defaultValue: "0");
        migrationBuilder.Sql(
            """
            UPDATE fills SET moved = COALESCE((
              SELECT CASE json_extract(document, '$.opType') WHEN 2 THEN '-' || qty ELSE qty END
              FROM orders WHERE orders.deal_reference = fills.deal_reference), '0')
            """);

        // Positions taken over from the broker before this schema knew them: the books begin with them.
        migrationBuilder.Sql(
            """
            INSERT INTO fills (fill_id, deal_reference, epic, qty, price, pnl, frame, at, moved)
            SELECT 'opening-' || epic, '', epic, CAST(ABS(difference) AS TEXT), '0', NULL, 0, 0, CAST(difference AS TEXT)
            FROM (
              SELECT epic, SUM(qty) AS difference FROM (
                SELECT epic, CAST(json_extract(document, '$.qty') AS REAL) AS qty FROM positions
                UNION ALL SELECT epic, -CAST(moved AS REAL) FROM fills)
              GROUP BY epic)
            WHERE ABS(difference) > 0.0000001
            """);
        migrationBuilder.CreateTable(
            "lease",
            table => new
            {
                id = table.Column<int>("INTEGER"),
                holder = table.Column<string>("TEXT"),
                folder = table.Column<string>("TEXT"),
                beat = table.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("pk_lease", row => row.id));
        migrationBuilder.Sql("INSERT INTO lease (id, holder, folder, beat) VALUES (1, '', '', 0)");
    }
}
