using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoApi.Data.Migrations;

/// <summary>Versions for every row an administrator changes, the terms of a symbol at its broker, and an index for every key of another table.</summary>
[DbContext(typeof(MaoHomeContext))]
[Migration("20261122000001_Terms")]
internal sealed class Terms : Migration
{
    private const string BrokerSymbols = "symbols_brokers";

    private static readonly string[] Versioned = ["brokers", "symbols", BrokerSymbols, "mao_account_roles"];

    private static readonly (string Old, string New)[] Renamed =
        [("minqty", "min_qty"), ("maxqty", "max_qty"), ("qtystep", "qty_step"), ("pricestep", "price_step")];

    private static readonly (string Table, string Column, string Key, string Principal)[] Indexed =
    [
        ("accounts", "userid", "fk_accounts_user", "mtrace_users"),
        ("accounts", "c_brokers", "fk_accounts_broker", "brokers"),
        (BrokerSymbols, "idsymbol", "fk_symbols_brokers_symbol", "symbols"),
        ("mao_sessions", "c_users", "fk_mao_sessions_user", "mtrace_users"),
    ];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Versioned)
        {
            migrationBuilder.AddColumn<long>("version", table, defaultValue: 1L);
        }

        foreach (var (old, renamed) in Renamed)
        {
            migrationBuilder.RenameColumn(old, BrokerSymbols, renamed);
        }

        migrationBuilder.AddColumn<decimal>("fee_rate", BrokerSymbols, defaultValue: 0m);
        migrationBuilder.AddColumn<decimal>("margin_rate", BrokerSymbols, defaultValue: 1m);
        foreach (var (table, column, _, _) in Indexed)
        {
            migrationBuilder.CreateIndex(IndexOf(table, column), table, column);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var (table, column, key, principal) in Indexed)
        {
            if (migrationBuilder.IsSqlite())
            {
                migrationBuilder.DropIndex(IndexOf(table, column), table);
                continue;
            }

            // MySQL drops no index a foreign key stands on; for a key without one it makes its own, as it did before this migration.
            migrationBuilder.DropForeignKey(key, table);
            migrationBuilder.DropIndex(IndexOf(table, column), table);
            migrationBuilder.AddForeignKey(key, table, column, principal, principalColumn: "id", onDelete: ReferentialAction.Cascade);
        }

        foreach (var table in Versioned)
        {
            migrationBuilder.DropColumnInPlace("version", table);
        }

        migrationBuilder.DropColumnInPlace("margin_rate", BrokerSymbols);
        migrationBuilder.DropColumnInPlace("fee_rate", BrokerSymbols);
        foreach (var (old, renamed) in Renamed)
        {
            migrationBuilder.RenameColumn(renamed, BrokerSymbols, old);
        }
    }

    private static string IndexOf(string table, string column) => $"ix_{table}_{column}";
}
