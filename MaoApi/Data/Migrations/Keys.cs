using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>Keys of services, tokens of users' programs, keys of the issuer.</summary>
[DbContext(typeof(MaoHomeContext))]
[Migration("20261122000004_Keys")]
internal sealed class Keys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "mao_service_keys",
            table => new
            {
                id = table.Identity(),
                key_id = table.Text(64),
                name = table.Text(200),
                scope = table.Text(10),
                c_accounts = table.Column<int>(nullable: true),
                secret = table.Text(),
                created = table.Time(),
                expires = table.Time(nullable: true),
                revoked_at = table.Time(nullable: true),
                last_used = table.Time(nullable: true),
                version = table.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_service_keys", row => row.id);
                table.ForeignKey("fk_mao_service_keys_account", row => row.c_accounts, "accounts", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "mao_access_tokens",
            table => new
            {
                id = table.Identity(),
                c_users = table.Column<int>(),
                name = table.Text(100),
                token_hash = table.Text(64),
                prefix = table.Text(32),
                scope = table.Text(10),
                created = table.Time(),
                expires = table.Time(),
                revoked_at = table.Time(nullable: true),
                last_used = table.Time(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_access_tokens", row => row.id);
                table.ForeignKey("fk_mao_access_tokens_user", row => row.c_users, "mtrace_users", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "mao_signing_keys",
            table => new
            {
                key_id = table.Text(64),
                algorithm = table.Text(20),
                secret = table.Text(),
                created = table.Time(),
                expires = table.Time(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_mao_signing_keys", row => row.key_id));

        migrationBuilder.CreateIndex("ux_mao_service_keys_key_id", "mao_service_keys", "key_id", unique: true);
        migrationBuilder.CreateIndex("ix_mao_service_keys_account", "mao_service_keys", "c_accounts");
        migrationBuilder.CreateIndex("ux_mao_access_tokens_token_hash", "mao_access_tokens", "token_hash", unique: true);
        migrationBuilder.CreateIndex("ix_mao_access_tokens_user", "mao_access_tokens", "c_users");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("mao_signing_keys");
        migrationBuilder.DropTable("mao_access_tokens");
        migrationBuilder.DropTable("mao_service_keys");
    }
}
