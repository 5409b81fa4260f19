using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>What a user's client keeps: watch list, stores, devices.</summary>
[DbContext(typeof(MaoHomeContext))]
[Migration("20261122000003_Clients")]
internal sealed class Clients : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "mtrace_users_tickers",
            table => new
            {
                id = table.Identity(),
                c_users = table.Column<int>(),
                c_tickers = table.Column<int>(),
                enabled = table.Column<bool>(),
                mt_created = table.Time(),
                mt_modified = table.Time(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mtrace_users_tickers", row => row.id);
                table.ForeignKey("fk_mtrace_users_tickers_user", row => row.c_users, "mtrace_users", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "mtrace_datastore",
            table => new
            {
                id = table.Identity(),
                c_users = table.Column<int>(),
                c_tickers = table.Column<int>(),
                data = table.Text(nullable: true),
                store = table.Text(),
                mt_modified = table.Time(),
                version = table.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mtrace_datastore", row => row.id);
                table.ForeignKey("fk_mtrace_datastore_user", row => row.c_users, "mtrace_users", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "mtrace_devices",
            table => new
            {
                id = table.Identity(),
                c_users = table.Column<int>(),
                deviceid = table.Text(128),
                gcmregid = table.Text(4096, nullable: true),
                marca = table.Text(100, nullable: true),
                modello = table.Text(100, nullable: true),
                platform = table.Text(10),
                flgpush = table.Column<bool>(),
                flggcmpush = table.Column<bool>(),
                created = table.Time(),
                modified = table.Time(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mtrace_devices", row => row.id);
                table.ForeignKey("fk_mtrace_devices_user", row => row.c_users, "mtrace_users", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateIndex("ux_mtrace_users_tickers", "mtrace_users_tickers", ["c_users", "c_tickers"], unique: true);
        migrationBuilder.CreateIndex("ux_mtrace_datastore", "mtrace_datastore", ["c_users", "c_tickers"], unique: true);
        migrationBuilder.CreateIndex("ux_mtrace_devices", "mtrace_devices", ["c_users", "deviceid"], unique: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("mtrace_devices");
        migrationBuilder.DropTable("mtrace_datastore");
        migrationBuilder.DropTable("mtrace_users_tickers");
    }
}
