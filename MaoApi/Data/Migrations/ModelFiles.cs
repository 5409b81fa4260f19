using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>Files of models in pieces, and the version an account uses in place of the one all use.</summary>
[DbContext(typeof(MaoDataContext))]
[Migration("20261123000010_ModelFiles")]
internal sealed class ModelFiles : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("size_bytes", "mao_models", defaultValue: 0);
        migrationBuilder.AddColumn<string>("symbol", "mao_models", maxLength: 64, nullable: true);
        migrationBuilder.AddColumn<int>("time_frame", "mao_models", defaultValue: 0);
        migrationBuilder.CreateTable(
            "mao_model_parts",
            table => new
            {
                c_models = table.Column<int>(),
                number = table.Column<int>(),
                content = table.Column<byte[]>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_model_parts", row => new { row.c_models, row.number });
                table.ForeignKey("fk_mao_model_parts_model", row => row.c_models, "mao_models", "id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "mao_model_activations",
            table => new
            {
                account_id = table.Text(40),
                name = table.Text(100),
                c_models = table.Column<int>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_mao_model_activations", row => new { row.account_id, row.name });
                table.ForeignKey("fk_mao_model_activations_model", row => row.c_models, "mao_models", "id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ix_mao_model_activations_model", "mao_model_activations", "c_models");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("mao_model_activations");
        migrationBuilder.DropTable("mao_model_parts");
        migrationBuilder.DropColumnInPlace("size_bytes", "mao_models");
        migrationBuilder.DropColumnInPlace("symbol", "mao_models");
        migrationBuilder.DropColumnInPlace("time_frame", "mao_models");
    }
}
