using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;

namespace MaoApi.Data.Migrations;

/// <summary>What tables are built from, in words that fit every provider.</summary>
internal static class MigrationColumns
{
    /// <summary>A key that the database numbers.</summary>
    public static OperationBuilder<AddColumnOperation> Identity(this ColumnsBuilder table) => table.Identity<int>();

    /// <summary>A key that the database numbers.</summary>
    public static OperationBuilder<AddColumnOperation> Identity<T>(this ColumnsBuilder table) => table.Column<T>()
        .Annotation("Sqlite:Autoincrement", true)
        .Annotation("MySql:ValueGeneratedOnAdd", true);

    /// <summary>Text as long as it may be, JSON mostly.</summary>
    public static OperationBuilder<AddColumnOperation> Text(this ColumnsBuilder table, bool nullable = false) =>
        table.Column<string>(nullable: nullable);

    /// <summary>Text of a bounded length.</summary>
    public static OperationBuilder<AddColumnOperation> Text(this ColumnsBuilder table, int length, bool nullable = false) =>
        table.Column<string>(maxLength: length, nullable: nullable);

    /// <summary>Unix milliseconds.</summary>
    public static OperationBuilder<AddColumnOperation> Time(this ColumnsBuilder table, bool nullable = false) =>
        table.Column<long>(nullable: nullable);

    /// <summary>In words every database understands: the framework would build SQLite's table anew from a model that migrations do not carry.</summary>
    public static void DropColumnInPlace(this MigrationBuilder migration, string column, string table) =>
        migration.Sql($"ALTER TABLE {table} DROP COLUMN {column}");
}
