using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>The first schema: users and their log-ins, accounts and brokers, symbols, pods.</summary>
[DbContext(typeof(MaoHomeContext))]
[Migration("202611210001_Initial")]
internal sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateUsers(migrationBuilder);
        CreateBrokers(migrationBuilder);
        CreateAccounts(migrationBuilder);
        CreateIndexes(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        string[] tables =
        [
            "mao_account_roles", "mtpods", "accounts", "symbols_brokers", "symbols", "brokers", "mao_sessions", "mao_credentials",
            "mtrace_users",
        ];
        foreach (var table in tables)
        {
            migrationBuilder.DropTable(table);
        }
    }

    private static void CreateUsers(MigrationBuilder migration)
    {
        migration.CreateTable(
            "mtrace_users",
            table => new
            {
                id = table.Identity(),
                userid = table.Column<string>(maxLength: 128),
                displayname = table.Column<string>(maxLength: 200),
                email = table.Column<string>(maxLength: 254),
                valido = table.Column<long>(nullable: true),
                stato = table.Column<int>(),
                admin = table.Column<bool>(),
                version = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("pk_mtrace_users", row => row.id));

        migration.CreateTable(
            "mao_credentials",
            table => new
            {
                c_users = table.Column<int>(),
                hash = table.Column<string>(maxLength: 512),
                failed = table.Column<int>(),
                locked_until = table.Column<long>(nullable: true),
                last_login = table.Column<long>(nullable: true),
                login_count = table.Column<int>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_credentials", row => row.c_users);
                table.ForeignKey("fk_mao_credentials_user", row => row.c_users, "mtrace_users", "id", onDelete: ReferentialAction.Cascade);
            });

        migration.CreateTable(
            "mao_sessions",
            table => new
            {
                id = table.Identity(),
                c_users = table.Column<int>(),
                family = table.Column<string>(maxLength: 32),
                token_hash = table.Column<string>(maxLength: 64),
                expires = table.Column<long>(),
                used_at = table.Column<long>(nullable: true),
                lifetime = table.Column<long>(),
                ip = table.Column<string>(maxLength: 64, nullable: true),
                device = table.Column<string>(maxLength: 128, nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_sessions", row => row.id);
                table.ForeignKey("fk_mao_sessions_user", row => row.c_users, "mtrace_users", "id", onDelete: ReferentialAction.Cascade);
            });
    }

    private static void CreateBrokers(MigrationBuilder migration)
    {
        migration.CreateTable(
            "brokers",
            table => new
            {
                id = table.Identity(),
                code = table.Column<string>(maxLength: 40),
                name = table.Column<string>(maxLength: 200),
                amclass = table.Column<string>(maxLength: 100),
                config = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("pk_brokers", row => row.id));

        migration.CreateTable(
            "symbols",
            table => new
            {
                id = table.Identity(),
                epicData = table.Column<string>(maxLength: 64, nullable: true),
                epic = table.Column<string>(maxLength: 64),
                name = table.Column<string>(maxLength: 200),
                enabled = table.Column<bool>(),
                idsession = table.Column<int>(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_symbols", row => row.id));

        migration.CreateTable(
            "symbols_brokers",
            table => new
            {
                id = table.Identity(),
                idsymbol = table.Column<int>(),
                c_brokers = table.Column<int>(),
                epic = table.Column<string>(maxLength: 64),
                minqty = table.Column<decimal>(),
                maxqty = table.Column<decimal>(),
                qtystep = table.Column<decimal>(),
                pricestep = table.Column<decimal>(),
                currency = table.Column<string>(maxLength: 3),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_symbols_brokers", row => row.id);
                table.ForeignKey("fk_symbols_brokers_symbol", row => row.idsymbol, "symbols", "id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("fk_symbols_brokers_broker", row => row.c_brokers, "brokers", "id", onDelete: ReferentialAction.Cascade);
            });
    }

    private static void CreateAccounts(MigrationBuilder migration)
    {
        migration.CreateTable(
            "accounts",
            table => new
            {
                id = table.Identity(),
                userid = table.Column<int>(),
                accountid = table.Column<string>(maxLength: 40),
                accountdescr = table.Column<string>(maxLength: 200),
                accountdata = table.Column<string>(nullable: true),
                demoaccount = table.Column<bool>(),
                active = table.Column<bool>(),
                mt_host = table.Column<string>(maxLength: 253, nullable: true),
                mt_port = table.Column<int>(nullable: true),
                c_brokers = table.Column<int>(),
                config = table.Column<string>(),
                mt_created = table.Column<long>(),
                mt_modified = table.Column<long>(),
                version = table.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_accounts", row => row.id);
                table.ForeignKey("fk_accounts_user", row => row.userid, "mtrace_users", "id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("fk_accounts_broker", row => row.c_brokers, "brokers", "id", onDelete: ReferentialAction.Cascade);
            });

        migration.CreateTable(
            "mtpods",
            table => new
            {
                c_accounts = table.Column<int>(),
                pod_id = table.Column<string>(maxLength: 100, nullable: true),
                name = table.Column<string>(maxLength: 100),
                descr = table.Column<string>(maxLength: 200),
                op_mode = table.Column<string>(maxLength: 10),
                op_request = table.Column<string>(maxLength: 10, nullable: true),
                state = table.Column<string>(maxLength: 10),
                exit_code = table.Column<int>(nullable: true),
                started_at = table.Column<long>(nullable: true),
                restarts = table.Column<int>(),
                config = table.Column<string>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mtpods", row => row.c_accounts);
                table.ForeignKey("fk_mtpods_account", row => row.c_accounts, "accounts", "id", onDelete: ReferentialAction.Cascade);
            });

        migration.CreateTable(
            "mao_account_roles",
            table => new
            {
                c_accounts = table.Column<int>(),
                c_users = table.Column<int>(),
                role = table.Column<string>(maxLength: 10),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_account_roles", row => new { row.c_accounts, row.c_users });
                table.ForeignKey("fk_mao_account_roles_account", row => row.c_accounts, "accounts", "id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("fk_mao_account_roles_user", row => row.c_users, "mtrace_users", "id", onDelete: ReferentialAction.Cascade);
            });
    }

    private static void CreateIndexes(MigrationBuilder migration)
    {
        migration.CreateIndex("ux_mtrace_users_userid", "mtrace_users", "userid", unique: true);
        migration.CreateIndex("ux_mao_sessions_token_hash", "mao_sessions", "token_hash", unique: true);
        migration.CreateIndex("ix_mao_sessions_family", "mao_sessions", "family");
        migration.CreateIndex("ux_brokers_code", "brokers", "code", unique: true);
        migration.CreateIndex("ux_symbols_epic", "symbols", "epic", unique: true);
        migration.CreateIndex("ux_symbols_brokers", "symbols_brokers", ["c_brokers", "idsymbol"], unique: true);
        migration.CreateIndex("ux_accounts_accountid", "accounts", "accountid", unique: true);
        migration.CreateIndex("ix_mao_account_roles_user", "mao_account_roles", "c_users");
    }
}
