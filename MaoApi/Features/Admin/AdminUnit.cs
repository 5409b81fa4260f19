using System.Linq.Expressions;
using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin;

/// <summary>
/// The unit of work of one request of an administrator: everything it changes and the audit of it are stored together or not at all.
/// A transient fault of the database begins the whole unit again, from rows read anew.
/// </summary>
internal sealed class AdminUnit(HttpContext http, Caller caller)
{
    private readonly IServiceProvider _services = http.RequestServices;

    private CancellationToken Aborted => http.RequestAborted;

    /// <summary>Who makes the changes.</summary>
    public Caller Caller => caller;

    /// <summary>One moment for everything the unit does.</summary>
    public DateTimeOffset Now { get; } = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <summary>Lets a handler name the unit as a parameter; only a route for those who administer the platform, or an account, has one.</summary>
    public static ValueTask<AdminUnit?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(context.Features.Get<Caller>() is { } caller ? new AdminUnit(context, caller) : null);

    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>One page of the rows that pass the filter.</summary>
    public async Task<Answer<ListPage<TItem>>> ListAsync<TRow, TItem>(
        AdminResource<TRow, TItem> resource, AdminListRequest request, object? filter, Func<IQueryable<TRow>, IQueryable<TRow>> narrow)
        where TRow : class
        where TItem : class
    {
        if (!resource.Order.Knows(request.Sort))
        {
            return Failure.Invalid("sort", "invalid", $"sort must be one of {string.Join(", ", resource.Order.Names)}, or one with - before it");
        }

        var cursors = Service<Cursors>();
        var list = $"{resource.Name}/{request.Sort}/{JsonSerializer.Serialize(filter, JsonDefaults.Options)}";
        JsonElement? after = request.Cursor is null ? null : cursors.Read(list, request.Cursor);
        if (request.Cursor is not null && after is null)
        {
            return Failure.Invalid("cursor", "invalid", "the cursor is not one of this list with this filter and sort");
        }

        await using var context = await ContextAsync();
        var page = await resource.Order.ReadAsync(
            narrow(resource.Rows(context).AsNoTracking()), request.Sort, request.Limit, after, Aborted);
        return new ListPage<TItem>([.. page.Rows.Select(resource.Show)], page.Last is { } last ? cursors.Write(list, last) : null);
    }

    public async Task<Answer<TItem>> GetAsync<TRow, TItem>(
        AdminResource<TRow, TItem> resource, string key, Expression<Func<TRow, bool>> isIt)
        where TRow : class
        where TItem : class
    {
        await using var context = await ContextAsync();
        return await resource.Rows(context).AsNoTracking().SingleOrDefaultAsync(isIt, Aborted) is { } row
            ? resource.Show(row)
            : Unknown(resource.Name, key);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="resource">What it is.</param>
    /// <param name="key">Its name, by which it must be the only one.</param>
    /// <param name="isIt">Finds it by that name.</param>
    /// <param name="make">Adds it to the unit, or says why that cannot be.</param>
    public Task<Answer<TItem>> CreateAsync<TRow, TItem>(
        AdminResource<TRow, TItem> resource, string key, Expression<Func<TRow, bool>> isIt, Func<MaoHomeContext, Task<Failure?>> make)
        where TRow : class
        where TItem : class => RunAsync<TItem>(resource.Name + "/create", key, async (context, entry) =>
        {
            if (await resource.Rows(context).AnyAsync(isIt, Aborted))
            {
                return Taken(resource.Name, key);
            }

            if (await make(context) is { } failure)
            {
                return failure;
            }

            await context.SaveChangesAsync(Aborted);
            var item = resource.Show(await resource.Rows(context).AsNoTracking().SingleAsync(isIt, Aborted));
            entry.After = AuditText.Of(item);
            return item;
        });

    /// <summary>Changes a row that nobody changed since the caller read it.</summary>
    /// <param name="resource">What it is.</param>
    /// <param name="key">Its name.</param>
    /// <param name="isIt">Finds it by that name.</param>
    /// <param name="version">The version the caller read.</param>
    /// <param name="change">Changes it, or says why that cannot be.</param>
    public Task<Answer<TItem>> UpdateAsync<TRow, TItem>(
        AdminResource<TRow, TItem> resource,
        string key,
        Expression<Func<TRow, bool>> isIt,
        long version,
        Func<MaoHomeContext, TRow, Task<Failure?>> change)
        where TRow : class, IVersioned
        where TItem : class => RunAsync<TItem>(resource.Name + "/update", key, async (context, entry) =>
        {
            var (row, failure) = await FindAsync(context, resource, key, isIt, version);
            if (row is null)
            {
                return failure!;
            }

            entry.Before = AuditText.Of(resource.Show(row));
            failure = await change(context, row);
            if (failure is not null)
            {
                return failure;
            }

            // Also where a part of the row alone has changed, what the caller sees as one thing has a new version.
            context.Entry(row).State = EntityState.Modified;
            await context.SaveChangesAsync(Aborted);
            var item = resource.Show(row);
            entry.After = AuditText.Of(item);
            return item;
        });

    /// <summary>Deletes a row that nobody changed since the caller read it.</summary>
    /// <param name="resource">What it is.</param>
    /// <param name="key">Its name.</param>
    /// <param name="isIt">Finds it by that name.</param>
    /// <param name="version">The version the caller read.</param>
    /// <param name="clear">Deletes what goes with it, or says what still needs it.</param>
    public Task<Answer<Nothing>> DeleteAsync<TRow, TItem>(
        AdminResource<TRow, TItem> resource,
        string key,
        Expression<Func<TRow, bool>> isIt,
        long version,
        Func<MaoHomeContext, TRow, Task<Failure?>> clear)
        where TRow : class, IVersioned
        where TItem : class => RunAsync<Nothing>(resource.Name + "/delete", key, async (context, entry) =>
        {
            var (row, failure) = await FindAsync(context, resource, key, isIt, version);
            if (row is null)
            {
                return failure!;
            }

            failure = await clear(context, row);
            if (failure is not null)
            {
                return failure;
            }

            entry.Before = AuditText.Of(resource.Show(row));
            context.Remove(row);
            await context.SaveChangesAsync(Aborted);
            return new Nothing();
        });

    public static Failure Unknown(string resource, string key) => new(ApiCodes.EngineNotFound, $"{resource}: there is no {key}");

    public static Failure InUse(string reason) => new(ApiCodes.EngineConflict, reason);

    private static Failure Taken(string resource, string key) => new(ApiCodes.EngineConflict, $"{resource}: {key} exists already");

    private async Task<(TRow? Row, Failure? Failure)> FindAsync<TRow, TItem>(
        MaoHomeContext context, AdminResource<TRow, TItem> resource, string key, Expression<Func<TRow, bool>> isIt, long version)
        where TRow : class, IVersioned
        where TItem : class
    {
        if (await resource.Rows(context).SingleOrDefaultAsync(isIt, Aborted) is not { } row)
        {
            return (null, Unknown(resource.Name, key));
        }

        if (row.Version != version)
        {
            return (null, new Failure(ApiCodes.EngineConflict, $"{resource.Name}: {key} was changed since it was read, its version is {row.Version}"));
        }

        return (row, null);
    }

    private async Task<Answer<T>> RunAsync<T>(string what, string key, Func<MaoHomeContext, AuditEntry, Task<Answer<T>>> work)
    {
        await using var context = await ContextAsync();
        try
        {
            return await context.InTransactionAsync(
                async () =>
                {
                    var entry = NewEntry(what, key);
                    var answer = await work(context, entry);
                    if (!answer.IsFailure)
                    {
                        context.Audit.Add(entry);
                        await context.SaveChangesAsync(Aborted);
                    }

                    return (answer, !answer.IsFailure);
                },
                async () => await context.Audit.AnyAsync(
                    row => row.What == what && row.Target == key && row.At == Now && row.RequestId == http.RequestId(), Aborted),
                Aborted);
        }
        catch (DbUpdateException fault) when (fault is not DbUpdateConcurrencyException && Service<IDatabaseProvider>().IsDuplicate(fault))
        {
            // Somebody added the same between the look and the insert.
            return Taken(what.Split('/')[0], key);
        }
    }

    /// <summary>Stores that a command is about to leave for an engine: what an engine did is never without the name of who wanted it.</summary>
    /// <param name="what">The command.</param>
    /// <param name="key">The account, or <c>all</c>.</param>
    /// <param name="wish">What is wanted of it.</param>
    public async Task RecordAsync(string what, string key, object wish)
    {
        var entry = NewEntry(what, key);
        entry.After = AuditText.Of(wish);
        await using var context = await ContextAsync();
        context.Audit.Add(entry);
        await context.SaveChangesAsync(Aborted);
    }

    /// <summary>An entry of the audit in the caller's name, to be stored with what it is about.</summary>
    public AuditEntry NewEntry(string what, string key) => new()
    {
        At = Now,
        Who = caller.UserId,
        ClientAddress = http.Connection.RemoteIpAddress?.ToString(),
        Agent = AuditText.Shorten(http.Request.Headers.UserAgent.ToString()),
        What = what,
        Target = key,
        RequestId = http.RequestId(),
    };

    private Task<MaoHomeContext> ContextAsync() => Service<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(Aborted);
}
