using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoTrade.Engine.Persistence.Migrations;

/// <summary>The tables of <see cref="EngineContext"/>.</summary>
[DbContext(typeof(EngineContext))]
[Migration(Id)]
public sealed class InitialSchema : Migration
{
    internal const string Id = "20261101000000_InitialSchema";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "account",
            table => new
            {
                id = table.Column<int>("INTEGER"),
                document = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("pk_account", row => row.id));
        migrationBuilder.CreateTable(
            "operazioni",
            table => new
            {
                signal_id = table.Column<string>("TEXT"),
                epic = table.Column<string>("TEXT"),
                state = table.Column<string>("TEXT"),
                document = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("pk_operazioni", row => row.signal_id));
        migrationBuilder.CreateTable(
            "orders",
            table => new
            {
                order_id = table.Column<string>("TEXT"),
                client_order_id = table.Column<string>("TEXT", nullable: true),
                deal_reference = table.Column<string>("TEXT"),
                system = table.Column<string>("TEXT"),
                epic = table.Column<string>("TEXT"),
                exec_state = table.Column<int>("INTEGER"),
                deal_status = table.Column<int>("INTEGER"),
                attempt = table.Column<int>("INTEGER"),
                mt_created = table.Column<long>("INTEGER"),
                mt_modified = table.Column<long>("INTEGER"),
                document = table.Column<string>("TEXT"),
                on_filled = table.Column<string>("TEXT", nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_orders", row => row.order_id));
        migrationBuilder.CreateIndex("ix_orders_client_order_id", "orders", "client_order_id", unique: true);
        migrationBuilder.CreateIndex("ix_orders_deal_reference", "orders", "deal_reference", unique: true);
        migrationBuilder.CreateIndex("ix_orders_created", "orders", "mt_created");
        migrationBuilder.CreateIndex("ix_orders_system_created", "orders", ["system", "mt_created"]);
        migrationBuilder.CreateIndex("ix_orders_exec_state", "orders", "exec_state");
        migrationBuilder.CreateTable(
            "order_changes",
            table => new
            {
                order_id = table.Column<string>("TEXT"),
                number = table.Column<int>("INTEGER"),
                mt_created = table.Column<long>("INTEGER"),
                exec_state = table.Column<int>("INTEGER"),
                deal_status = table.Column<int>("INTEGER"),
                note = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("pk_order_changes", row => new { row.order_id, row.number }));
        migrationBuilder.CreateTable(
            "fills",
            table => new
            {
                fill_id = table.Column<string>("TEXT"),
                deal_reference = table.Column<string>("TEXT"),
                epic = table.Column<string>("TEXT"),
                qty = table.Column<string>("TEXT"),
                price = table.Column<string>("TEXT"),
                pnl = table.Column<string>("TEXT", nullable: true),
                frame = table.Column<long>("INTEGER"),
                at = table.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("pk_fills", row => row.fill_id));
        migrationBuilder.CreateTable(
            "positions",
            table => new
            {
                epic = table.Column<string>("TEXT"),
                document = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("pk_positions", row => row.epic));
        migrationBuilder.CreateTable(
            "frames",
            table => new
            {
                signal_id = table.Column<string>("TEXT"),
                frame = table.Column<long>("INTEGER"),
                open = table.Column<string>("TEXT"),
                high = table.Column<string>("TEXT"),
                low = table.Column<string>("TEXT"),
                close = table.Column<string>("TEXT"),
                volume = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("pk_frames", row => new { row.signal_id, row.frame }));
        migrationBuilder.CreateTable(
            "system_states",
            table => new
            {
                signal_id = table.Column<string>("TEXT"),
                document = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("pk_system_states", row => row.signal_id));
        migrationBuilder.CreateTable(
            "system_log",
            table => new
            {
                id = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
                signal_id = table.Column<string>("TEXT"),
                at = table.Column<long>("INTEGER"),
                message = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("pk_system_log", row => row.id));
        migrationBuilder.CreateIndex("ix_system_log_signal", "system_log", ["signal_id", "id"]);
    }
}
