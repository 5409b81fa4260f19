using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoTrade.Engine.Persistence.Migrations;

/// <summary>Bars for the gateway's history wait here until it has them.</summary>
[DbContext(typeof(EngineContext))]
[Migration(Id)]
public sealed class LiveBars : Migration
{
    internal const string Id = "20261122000000_LiveBars";

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "bars",
        table => new
        {
            epic = table.Column<string>("TEXT"),
            time_frame = table.Column<int>("INTEGER"),
            frame = table.Column<long>("INTEGER"),
            open = table.Column<string>("TEXT"),
            high = table.Column<string>("TEXT"),
            low = table.Column<string>("TEXT"),
            close = table.Column<string>("TEXT"),
            volume = table.Column<string>("TEXT"),
        },
        constraints: table => table.PrimaryKey("pk_bars", row => new { row.epic, row.time_frame, row.frame }));
}
