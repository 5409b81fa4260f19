using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;

namespace MaoApi.Data.Migrations;

/// <summary>Columns that every table has and each provider words differently.</summary>
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
}
