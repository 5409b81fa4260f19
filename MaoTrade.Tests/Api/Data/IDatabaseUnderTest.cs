using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Api.Data;

/// <summary>Two empty databases of one kind, and what is asked about them in that kind's own words.</summary>
internal interface IDatabaseUnderTest : IAsyncDisposable
{
    IDatabaseProvider Provider { get; }

    /// <summary>One line for each column: name, type, whether it may be null, place in the key.</summary>
    Task<List<string>> ColumnsAsync(DbContext context, string table);

    /// <summary>One line for each index beside the key: columns in their order, whether unique.</summary>
    Task<List<string>> IndexesAsync(DbContext context, string table);

    /// <summary>One line for each foreign key: column, table, what its deletion does.</summary>
    Task<List<string>> ForeignKeysAsync(DbContext context, string table);
}
