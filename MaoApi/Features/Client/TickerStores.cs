using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Client;

public sealed record StoreRequest : IValidatableObject
{
    private const int MostBytes = 256 * 1024;

    /// <summary>A JSON object of at most 256 KiB.</summary>
    public JsonElement Store { get; init; }

    /// <summary>The version that was read; 0 where there is none yet.</summary>
    [Required]
    [Range(0, long.MaxValue)]
    public long? Version { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Store.ValueKind != JsonValueKind.Object)
        {
            yield return new ValidationResult("store is required, an object", [nameof(Store)]);
        }
        else if (Encoding.UTF8.GetByteCount(Store.GetRawText()) > MostBytes)
        {
            yield return new ValidationResult($"store is longer than {MostBytes} bytes", [nameof(Store)]);
        }
    }
}

internal sealed record StoreView(int TickerId, JsonElement Store, long Version);

internal static class TickerStores
{
    public static async Task<Answer<StoreView>> ReadAsync(
        int tickerId, Caller caller, IDbContextFactory<MaoHomeContext> contexts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.TickerStores.AsNoTracking().SingleOrDefaultAsync(row => row.UserKey == caller.UserKey && row.TickerKey == tickerId, cancellationToken)
            is { } store
            ? new StoreView(tickerId, JsonElement.Parse(store.Store), store.Version)
            : new Failure(ApiCodes.EngineNotFound, "nothing is kept with this ticker");
    }

    public static async Task<Answer<StoreView>> WriteAsync(
        int tickerId,
        StoreRequest request,
        Caller caller,
        IDbContextFactory<MaoHomeContext> contexts,
        IDbContextFactory<MaoDataContext> histories,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        if (!await history.Tickers.AsNoTracking().AnyAsync(ticker => ticker.Id == tickerId, cancellationToken))
        {
            return new Failure(ApiCodes.EngineNotFound, "unknown ticker");
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var store = await context.TickerStores.SingleOrDefaultAsync(row => row.UserKey == caller.UserKey && row.TickerKey == tickerId, cancellationToken);
        if ((store?.Version ?? 0) != request.Version)
        {
            return new Failure(ApiCodes.EngineConflict, "changed by somebody else in the meantime");
        }

        if (store is null)
        {
            store = new TickerStore { UserKey = caller.UserKey, TickerKey = tickerId, Store = "{}" };
            context.Add(store);
        }

        store.Store = request.Store.GetRawText();
        store.Modified = time.GetUtcNow();
        await context.SaveChangesAsync(cancellationToken);
        return new StoreView(tickerId, request.Store, store.Version);
    }
}
