using System.Data.Common;
using MaoApi.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MaoTrade.Tests.Api.Studies;

/// <summary>A database whose statements are counted and of which one fails.</summary>
internal sealed class FaultyHistories(IDatabaseProvider provider, int failing, Action<string>? look = null) : DbCommandInterceptor, IDbContextFactory<MaoDataContext>
{
    private int _statements;

    public MaoDataContext CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<MaoDataContext>();
        provider.Configure(options, DatabaseName.MaoData);
        options.AddInterceptors(this);
        return new MaoDataContext(options.Options);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Count(command);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Count(command);
        return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }

    private void Count(DbCommand command)
    {
        look?.Invoke(command.CommandText);
        if (Interlocked.Increment(ref _statements) == failing)
        {
            throw new InjectedException($"statement {failing}");
        }
    }
}

/// <summary>The statement a test made fail.</summary>
internal sealed class InjectedException(string message) : Exception(message);
