using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>When each role was last heard of.</summary>
[DbContext(typeof(MaoHomeContext))]
[Migration("20261124000010_RoleBeats")]
internal sealed class RoleBeats : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "mao_roles",
        table => new
        {
            role = table.Text(10),
            machine = table.Text(255),
            at = table.Time(),
        },
        constraints: table => table.PrimaryKey("pk_mao_roles", row => row.role));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("mao_roles");
}
