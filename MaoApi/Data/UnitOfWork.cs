using Microsoft.EntityFrameworkCore;

namespace MaoApi.Data;

/// <summary>Several changes that are stored together or not at all.</summary>
internal static class UnitOfWork
{
    /// <summary>
    /// Runs work in a transaction. After a transient fault all of it runs again, with nothing left of the first time; where the fault
    /// came with the commit, it is first looked up whether the commit was done after all.
    /// </summary>
    /// <param name="context">The database; what it tracked is forgotten before each run.</param>
    /// <param name="work">The work: its result, and whether to keep what it changed.</param>
    /// <param name="isCommitted">Looks in the database for what the work would have left.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<T> InTransactionAsync<T>(
        this DbContext context, Func<Task<(T Result, bool Keep)>> work, Func<Task<bool>> isCommitted, CancellationToken cancellationToken)
    {
        var result = default(T);
        var runs = 0;
        return context.Database.CreateExecutionStrategy().ExecuteAsync(
            async () =>
            {
                if (runs++ > 0 && result is not null && await isCommitted())
                {
                    return result;
                }

                context.ChangeTracker.Clear();
#pragma warning disable RS0030 // The one place: the strategy around it can begin it again.
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
#pragma warning restore RS0030
                (result, var keep) = await work();
                if (keep)
                {
                    await transaction.CommitAsync(cancellationToken);
                }

                return result;
            });
    }
}
