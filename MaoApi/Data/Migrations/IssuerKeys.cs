using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>The keys the issuer signs with.</summary>
[DbContext(typeof(MaoHomeContext))]
[Migration("20261122000004_IssuerKeys")]
internal sealed class IssuerKeys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
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
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("mao_signing_keys");
}
