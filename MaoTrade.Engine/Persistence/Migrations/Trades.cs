using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoTrade.Engine.Persistence.Migrations;

/// <summary>What each fill closed, and where the numbers of live changes begin.</summary>
[DbContext(typeof(EngineContext))]
[Migration(Id)]
public sealed class Trades : Migration
{
    internal const string Id = "20261122000000_Trades";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("closed_qty", "fills", "TEXT", nullable: true);
        migrationBuilder.AddColumn<string>("entry_price", "fills", "TEXT", nullable: true);
        migrationBuilder.AddColumn<long>("entry_frame", "fills", "INTEGER", nullable: true);
        migrationBuilder.CreateTable(
            "live",
            table => new
            {
                id = table.Column<int>("INTEGER"),
                first = table.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("pk_live", row => row.id));
        migrationBuilder.Sql("INSERT INTO live (id, first) VALUES (1, 0)");
    }
}
