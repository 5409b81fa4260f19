using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>What drivers say of pods, which pod looks after an account, and the name of the installation.</summary>
[DbContext(typeof(MaoHomeContext))]
[Migration("20261124000001_PodStandings")]
internal sealed class PodStandings : Migration
{
    private const string Pods = "mtpods";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("driver", Pods, maxLength: 20, nullable: true);
        migrationBuilder.AddColumn<string>("detail", Pods, nullable: true);
        migrationBuilder.AddColumn<double>("cpu_percent", Pods, nullable: true);
        migrationBuilder.AddColumn<long>("memory_bytes", Pods, nullable: true);
        migrationBuilder.AddColumn<string>("holder", Pods, maxLength: 300, nullable: true);
        migrationBuilder.AddColumn<long>("held_until", Pods, nullable: true);
        migrationBuilder.CreateTable(
            "mao_installation",
            table => new { id = table.Column<int>(), name = table.Text(64) },
            constraints: table => table.PrimaryKey("pk_mao_installation", row => row.id));
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("mao_installation");
        foreach (var column in (string[])["held_until", "holder", "memory_bytes", "cpu_percent", "detail", "driver"])
        {
            migrationBuilder.DropColumnInPlace(column, Pods);
        }
    }
}
