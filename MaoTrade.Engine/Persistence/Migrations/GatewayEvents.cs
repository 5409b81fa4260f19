using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoTrade.Engine.Persistence.Migrations;

/// <summary>What the gateway is to be told: events wait here until it has them.</summary>
[DbContext(typeof(EngineContext))]
[Migration(Id)]
public sealed class GatewayEvents : Migration
{
    internal const string Id = "20261121180000_GatewayEvents";

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "events",
        table => new
        {
            id = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            event_id = table.Column<string>("TEXT"),
            at = table.Column<long>("INTEGER"),
            type = table.Column<string>("TEXT"),
            severity = table.Column<int>("INTEGER"),
            signal_id = table.Column<string>("TEXT", nullable: true),
            title = table.Column<string>("TEXT"),
            message = table.Column<string>("TEXT"),
        },
        constraints: table => table.PrimaryKey("pk_events", row => row.id));
}
