using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>Keys of services, personal access tokens, and the moment before which no token of a user counts.</summary>
[DbContext(typeof(MaoHomeContext))]
[Migration("202611210002_Identity")]
internal sealed class Identity : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("tokens_from", "mtrace_users", nullable: true);
        CreateServiceKeys(migrationBuilder);
        CreateAccessTokens(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("mao_access_tokens");
        migrationBuilder.DropTable("mao_service_keys");
        migrationBuilder.DropColumnInPlace("tokens_from", "mtrace_users");
    }

    private static void CreateServiceKeys(MigrationBuilder migration)
    {
        migration.CreateTable(
            "mao_service_keys",
            table => new
            {
                id = table.Identity(),
                key_id = table.Column<string>(maxLength: 64),
                scope = table.Column<string>(maxLength: 64),
                descr = table.Column<string>(maxLength: 200),
                secret = table.Column<string>(maxLength: 512),
                previous_secret = table.Column<string>(maxLength: 512, nullable: true),
                previous_until = table.Column<long>(nullable: true),
                active = table.Column<bool>(),
                expires = table.Column<long>(nullable: true),
                created = table.Column<long>(),
                rotated = table.Column<long>(),
                version = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("pk_mao_service_keys", row => row.id));
        migration.CreateIndex("ux_mao_service_keys_key_id", "mao_service_keys", "key_id", unique: true);
        migration.CreateIndex("ix_mao_service_keys_scope", "mao_service_keys", "scope");
    }

    private static void CreateAccessTokens(MigrationBuilder migration)
    {
        migration.CreateTable(
            "mao_access_tokens",
            table => new
            {
                id = table.Identity(),
                c_users = table.Column<int>(),
                token_id = table.Column<string>(maxLength: 32),
                name = table.Column<string>(maxLength: 100),
                token_hash = table.Column<string>(maxLength: 64),
                scope = table.Column<string>(maxLength: 10),
                created = table.Column<long>(),
                expires = table.Column<long>(),
                revoked = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_access_tokens", row => row.id);
                table.ForeignKey("fk_mao_access_tokens_user", row => row.c_users, "mtrace_users", "id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("ux_mao_access_tokens_token_hash", "mao_access_tokens", "token_hash", unique: true);
        migration.CreateIndex("ux_mao_access_tokens_token_id", "mao_access_tokens", "token_id", unique: true);
        migration.CreateIndex("ix_mao_access_tokens_user", "mao_access_tokens", "c_users");
    }
}
