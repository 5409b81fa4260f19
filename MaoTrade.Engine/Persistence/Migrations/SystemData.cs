using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoTrade.Engine.Persistence.Migrations;

/// <summary>Charts, datastores and damaged states of trading systems; severity and push messages in their log.</summary>
[DbContext(typeof(EngineContext))]
[Migration(Id)]
public sealed class SystemData : Migration
{
    internal const string Id = "20261102000000_SystemData";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("severity", "system_log", "INTEGER", nullable: false, defaultValue: 1);
        migrationBuilder.AddColumn<string>("push_title", "system_log", "TEXT", nullable: true);
        migrationBuilder.AddColumn<long>("saved", "system_states", "INTEGER", nullable: false, defaultValue: 0L);
        migrationBuilder.CreateTable(
            "chart_series",
            table => new
            {
                signal_id = table.Column<string>("TEXT"),
                area = table.Column<string>("TEXT"),
                name = table.Column<string>("TEXT"),
                kind = table.Column<int>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("pk_chart_series", row => new { row.signal_id, row.area, row.name }));
        migrationBuilder.CreateTable(
            "chart_points",
            table => new
            {
                signal_id = table.Column<string>("TEXT"),
                area = table.Column<string>("TEXT"),
                name = table.Column<string>("TEXT"),
                frame = table.Column<long>("INTEGER"),
                value = table.Column<double>("REAL"),
            },
            constraints: table => table.PrimaryKey("pk_chart_points", row => new { row.signal_id, row.area, row.name, row.frame }));
        migrationBuilder.CreateTable(
            "system_store",
            table => new
            {
                signal_id = table.Column<string>("TEXT"),
                key = table.Column<string>("TEXT"),
                value = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("pk_system_store", row => new { row.signal_id, row.key }));
        migrationBuilder.CreateTable(
            "corrupt_states",
            table => new
            {
                id = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
                signal_id = table.Column<string>("TEXT"),
                at = table.Column<long>("INTEGER"),
                document = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("pk_corrupt_states", row => row.id));
    }
}
