using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>What engines tell, what users are told of it and how.</summary>
[DbContext(typeof(MaoHomeContext))]
[Migration("20261122000005_Notices")]
internal sealed class Notices : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateEngineReports(migrationBuilder);
        CreateNotifications(migrationBuilder);
        migrationBuilder.CreateIndex("ux_mao_events", "mao_events", ["c_accounts", "event_id"], unique: true);
        migrationBuilder.CreateIndex("ix_mao_notifications_read", "mao_notifications", ["c_users", "read_at"]);
        migrationBuilder.CreateIndex("ux_mao_notifications_event", "mao_notifications", ["c_users", "event_id"], unique: true);
        migrationBuilder.CreateIndex("ix_mao_notifications_account", "mao_notifications", "c_accounts");
        migrationBuilder.CreateIndex("ux_mao_deliveries", "mao_deliveries", ["c_notifications", "channel", "target"], unique: true);
        migrationBuilder.CreateIndex("ix_mao_deliveries_due", "mao_deliveries", ["state", "due"]);
        migrationBuilder.CreateIndex("ix_mao_deliveries_device", "mao_deliveries", "c_devices");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        string[] tables = ["mao_preferences", "mao_deliveries", "mao_notifications", "mao_summaries", "mao_events"];
        foreach (var table in tables)
        {
            migrationBuilder.DropTable(table);
        }
    }

    private static void CreateEngineReports(MigrationBuilder migration)
    {
        migration.CreateTable(
            "mao_events",
            table => new
            {
                id = table.Identity(),
                c_accounts = table.Column<int>(),
                event_id = table.Text(64),
                at = table.Time(),
                received = table.Time(),
                type = table.Text(40),
                severity = table.Text(10),
                signal_id = table.Text(64, nullable: true),
                title = table.Text(200),
                message = table.Text(),
                data = table.Text(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_events", row => row.id);
                table.ForeignKey("fk_mao_events_account", row => row.c_accounts, "accounts", "id", onDelete: ReferentialAction.Cascade);
            });

        migration.CreateTable(
            "mao_summaries",
            table => new
            {
                c_accounts = table.Column<int>(),
                date = table.Column<DateOnly>(),
                start_equity = table.Column<decimal>(),
                end_equity = table.Column<decimal>(),
                currency = table.Text(3),
                figures = table.Text(),
                received = table.Time(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_summaries", row => new { row.c_accounts, row.date });
                table.ForeignKey("fk_mao_summaries_account", row => row.c_accounts, "accounts", "id", onDelete: ReferentialAction.Cascade);
            });
    }

    private static void CreateNotifications(MigrationBuilder migration)
    {
        migration.CreateTable(
            "mao_notifications",
            table => new
            {
                id = table.Identity(),
                c_users = table.Column<int>(),
                c_accounts = table.Column<int>(nullable: true),
                event_id = table.Text(64, nullable: true),
                type = table.Text(40),
                title = table.Text(200),
                message = table.Text(),
                data = table.Text(),
                priority = table.Text(10),
                method = table.Text(100),
                created = table.Time(),
                sent_at = table.Time(nullable: true),
                read_at = table.Time(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_notifications", row => row.id);
                table.ForeignKey("fk_mao_notifications_user", row => row.c_users, "mtrace_users", "id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("fk_mao_notifications_account", row => row.c_accounts, "accounts", "id", onDelete: ReferentialAction.SetNull);
            });

        migration.CreateTable(
            "mao_deliveries",
            table => new
            {
                id = table.Identity(),
                c_notifications = table.Column<int>(),
                channel = table.Text(20),
                c_devices = table.Column<int>(nullable: true),
                target = table.Text(400),
                state = table.Text(10),
                attempts = table.Column<int>(),
                due = table.Time(nullable: true),
                message_id = table.Text(200, nullable: true),
                error = table.Text(nullable: true),
                created = table.Time(),
                ended_at = table.Time(nullable: true),
                version = table.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_deliveries", row => row.id);
                table.ForeignKey(
                    "fk_mao_deliveries_notification", row => row.c_notifications, "mao_notifications", "id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("fk_mao_deliveries_device", row => row.c_devices, "mtrace_devices", "id", onDelete: ReferentialAction.SetNull);
            });

        migration.CreateTable(
            "mao_preferences",
            table => new
            {
                c_users = table.Column<int>(),
                channels = table.Text(),
                events = table.Text(),
                quiet_from = table.Text(5, nullable: true),
                quiet_to = table.Text(5, nullable: true),
                time_zone = table.Text(64),
                version = table.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_preferences", row => row.c_users);
                table.ForeignKey("fk_mao_preferences_user", row => row.c_users, "mtrace_users", "id", onDelete: ReferentialAction.Cascade);
            });
    }
}
