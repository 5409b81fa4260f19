using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoTrade.Engine.Production.Migrations;

/// <summary>
/// The tables of <see cref="MySqlEngineContext"/>. MySQL commits each statement by itself, so each may run again: a start
/// that was killed among them goes on with the next one. Text is compared byte by byte, as SQLite does; decimals are text.
/// </summary>
[DbContext(typeof(MySqlEngineContext))]
[Migration(Id)]
internal sealed class InitialSchema : Migration
{
    internal const string Id = "20261123000000_InitialSchema";

    /// <summary>Epics, names and ids, of which the longest that any input lets through has 64 characters.</summary>
    private const string Name = "VARCHAR(190) NOT NULL";

    private const string Amount = "VARCHAR(64) NOT NULL";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        AddOrders(migrationBuilder);
        AddSystems(migrationBuilder);
        Table(migrationBuilder, "account", "id INT NOT NULL PRIMARY KEY, document LONGTEXT NOT NULL");
        Table(migrationBuilder, "lease", "id INT NOT NULL PRIMARY KEY, holder VARCHAR(64) NOT NULL, folder TEXT NOT NULL, beat BIGINT NOT NULL");
        Table(migrationBuilder, "live", "id INT NOT NULL PRIMARY KEY, first BIGINT NOT NULL");
        Table(
            migrationBuilder, "events",
            $"""
            id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, event_id VARCHAR(64) NOT NULL, at BIGINT NOT NULL, type {Name}, severity INT NOT NULL,
            signal_id VARCHAR(190), title TEXT NOT NULL, message MEDIUMTEXT NOT NULL
            """);
        Table(
            migrationBuilder, "bars",
            $"""
            epic {Name}, time_frame INT NOT NULL, frame BIGINT NOT NULL, open {Amount}, high {Amount}, low {Amount}, close {Amount}, volume {Amount},
            PRIMARY KEY (epic, time_frame, frame)
            """);
        Table(
            migrationBuilder, "equity_days",
            $"""
            date CHAR(10) NOT NULL PRIMARY KEY, start_equity {Amount}, end_equity {Amount}, peak {Amount}, low {Amount}, max_drawdown DOUBLE NOT NULL
            """);
        migrationBuilder.Sql("INSERT IGNORE INTO lease (id, holder, folder, beat) VALUES (1, '', '', 0)");
        migrationBuilder.Sql("INSERT IGNORE INTO live (id, first) VALUES (1, 0)");
    }

    private static void AddOrders(MigrationBuilder migrationBuilder)
    {
        Table(
            migrationBuilder, "orders",
            $"""
            order_id VARCHAR(64) NOT NULL PRIMARY KEY, client_order_id VARCHAR(64), deal_reference VARCHAR(64) NOT NULL, `system` {Name}, epic {Name},
            exec_state INT NOT NULL, deal_status INT NOT NULL, attempt INT NOT NULL, mt_created BIGINT NOT NULL, mt_modified BIGINT NOT NULL,
            document LONGTEXT NOT NULL, on_filled LONGTEXT, cancel_attempt INT NOT NULL DEFAULT 0, assumed_qty VARCHAR(64) NOT NULL DEFAULT '0',
            UNIQUE KEY ix_orders_client_order_id (client_order_id), UNIQUE KEY ix_orders_deal_reference (deal_reference),
            KEY ix_orders_created (mt_created), KEY ix_orders_system_created (`system`, mt_created), KEY ix_orders_exec_state (exec_state)
            """);
        Table(
            migrationBuilder, "order_changes",
            """
            order_id VARCHAR(64) NOT NULL, number INT NOT NULL, mt_created BIGINT NOT NULL, exec_state INT NOT NULL, deal_status INT NOT NULL,
            note TEXT NOT NULL, latency_ms DOUBLE NOT NULL DEFAULT 0, PRIMARY KEY (order_id, number)
            """);

        // SQLite numbers rows by itself; here the number is a column of that name.
        Table(
            migrationBuilder, "fills",
            $"""
            fill_id {Name} PRIMARY KEY, deal_reference VARCHAR(64) NOT NULL, epic {Name}, qty {Amount}, price {Amount}, pnl VARCHAR(64),
            frame BIGINT NOT NULL, at BIGINT NOT NULL, moved VARCHAR(64) NOT NULL DEFAULT '0', closed_qty VARCHAR(64), entry_price VARCHAR(64),
            entry_frame BIGINT, rowid BIGINT NOT NULL AUTO_INCREMENT, UNIQUE KEY ix_fills_rowid (rowid), KEY ix_fills_at (at),
            KEY ix_fills_deal_reference (deal_reference)
            """);
        Table(migrationBuilder, "positions", $"epic {Name} PRIMARY KEY, document LONGTEXT NOT NULL");
    }

    private static void AddSystems(MigrationBuilder migrationBuilder)
    {
        Table(migrationBuilder, "operazioni", $"signal_id {Name} PRIMARY KEY, epic {Name}, state VARCHAR(64) NOT NULL, document LONGTEXT NOT NULL");
        Table(
            migrationBuilder, "frames",
            $"""
            signal_id {Name}, frame BIGINT NOT NULL, open {Amount}, high {Amount}, low {Amount}, close {Amount}, volume {Amount},
            PRIMARY KEY (signal_id, frame)
            """);
        Table(migrationBuilder, "feeds", $"signal_id {Name} PRIMARY KEY, document LONGTEXT NOT NULL");
        Table(migrationBuilder, "system_states", $"signal_id {Name} PRIMARY KEY, document LONGTEXT NOT NULL, saved BIGINT NOT NULL DEFAULT 0");
        Table(
            migrationBuilder, "system_log",
            $"""
            id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, signal_id {Name}, at BIGINT NOT NULL, message TEXT NOT NULL,
            severity INT NOT NULL DEFAULT 1, push_title TEXT, KEY ix_system_log_signal (signal_id, id)
            """);
        Table(migrationBuilder, "chart_series", $"signal_id {Name}, area {Name}, name {Name}, kind INT NOT NULL, PRIMARY KEY (signal_id, area, name)");
        Table(
            migrationBuilder, "chart_points",
            $"signal_id {Name}, area {Name}, name {Name}, frame BIGINT NOT NULL, value DOUBLE NOT NULL, PRIMARY KEY (signal_id, area, name, frame)");
        Table(migrationBuilder, "system_store", $"signal_id {Name}, `key` {Name}, value MEDIUMTEXT NOT NULL, PRIMARY KEY (signal_id, `key`)");
        Table(
            migrationBuilder, "corrupt_states",
            $"id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, signal_id {Name}, at BIGINT NOT NULL, document LONGTEXT NOT NULL");
    }

    private static void Table(MigrationBuilder migrationBuilder, string name, string columns) => migrationBuilder.Sql(
        $"CREATE TABLE IF NOT EXISTS {name} ({columns}) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
}
