using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoTrade.Engine.Persistence.Migrations;

/// <summary>Where signals stand in their market data: the candle that grows, and that history was asked for.</summary>
[DbContext(typeof(EngineContext))]
[Migration(Id)]
public sealed class Feeds : Migration
{
    internal const string Id = "20261121000000_Feeds";

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "feeds",
        table => new
        {
            signal_id = table.Column<string>("TEXT"),
            document = table.Column<string>("TEXT"),
        },
        constraints: table => table.PrimaryKey("pk_feeds", row => row.signal_id));
}
