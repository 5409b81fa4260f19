using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using MaoApi.Models;
using MaoApi.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace MaoApi.Features.Mt;

internal sealed record EngineConfig(
    string AccountId,
    long Version,
    EngineBroker Broker,
    JsonElement? AccountData,
    IReadOnlyList<EngineSymbol> Symbols,
    JsonElement? Risk,
    IReadOnlyList<string> Systems,
    IReadOnlyList<EnginePlugin> Plugins,
    IReadOnlyList<EngineModel> Models,
    IReadOnlyDictionary<string, bool> Flags);

internal sealed record EngineBroker(string Code, string Amclass, JsonElement Config);

internal sealed record EngineSymbol(
    string Epic,
    string? EpicData,
    string Name,
    string BrokerEpic,
    string? Session,
    decimal MinQty,
    decimal MaxQty,
    decimal QtyStep,
    decimal PriceStep,
    decimal FeeRate,
    string Currency);

internal sealed record EnginePlugin(string File, string? Sha256);

/// <summary>A version of a model in use; its file is at <c>/mt/model</c>.</summary>
internal sealed record EngineModel(string Name, string Version, string Sha256, int SizeBytes);

internal static class GetConfig
{
    private const int HundredPercent = 100;

    public static async Task<IResult> HandleAsync(
        ServiceCaller caller, HttpContext http, IDbContextFactory<MaoHomeContext> contexts, AccountSecrets secrets, ModelStore store, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await context.Accounts.AsNoTracking().Include(row => row.Broker)
            .SingleOrDefaultAsync(row => row.AccountId == caller.AccountId && row.IsActive, cancellationToken);
        if (account is null)
        {
            return Failure.Of(ApiCodes.Forbidden);
        }

        var config = await ReadAsync(context, account, secrets, store, cancellationToken);
        var body = JsonSerializer.SerializeToUtf8Bytes(new Envelope<EngineConfig>(0, "", config), JsonDefaults.Options);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body))}\"");
        http.Response.Headers.ETag = tag.ToString();
        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        return known.Any(one => one.Compare(tag, useStrongComparison: false))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(body, "application/json; charset=utf-8");
    }

    private static async Task<EngineConfig> ReadAsync(
        MaoHomeContext context, Account account, AccountSecrets secrets, ModelStore store, CancellationToken cancellationToken)
    {
        var symbols = await context.BrokerSymbols.AsNoTracking()
            .Where(row => row.BrokerKey == account.BrokerKey && row.Symbol!.IsEnabled).OrderBy(row => row.Symbol!.Epic)
            .Select(row => new EngineSymbol(
                row.Symbol!.Epic,
                row.Symbol.DataEpic,
                row.Symbol.Name,
                row.BrokerEpic,
                row.Symbol.SessionKey == null ? null : row.Symbol.SessionKey.ToString(),
                row.MinQty,
                row.MaxQty,
                row.QtyStep,
                row.PriceStep,
                row.FeeRate,
                row.Currency))
            .ToListAsync(cancellationToken);
        var systems = await context.TradingSystems.AsNoTracking().Where(row => row.IsActive).OrderBy(row => row.Name)
            .Select(row => new { row.Name, row.PluginFile, row.PluginSha256 }).ToListAsync(cancellationToken);
        var flags = await context.Set<Flag>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var own = JsonSerializer.Deserialize<JsonElement>(account.Config);
        return new EngineConfig(
            account.AccountId,
            account.Version,
            new EngineBroker(account.Broker!.Code, account.Broker.ManagerClass, JsonSerializer.Deserialize<JsonElement>(account.Broker.Config)),
            account.AccountData is { } stored ? JsonSerializer.Deserialize<JsonElement>(secrets.Reveal(account.AccountId, stored)) : null,
            symbols,
            own.ValueKind == JsonValueKind.Object && own.TryGetProperty("risk", out var risk) ? risk : null,
            [.. systems.Select(row => row.Name)],
            [.. systems.Where(row => row.PluginFile is not null).Select(row => new EnginePlugin(row.PluginFile!, row.PluginSha256)).Distinct()],
            [.. (await store.OfAccountAsync(account.AccountId, cancellationToken)).Select(
                model => new EngineModel(model.Name, model.ModelVersionId, model.Sha256, model.SizeBytes))],
            flags.ToDictionary(flag => flag.Name, flag => flag.IsEnabled && BucketOf(account.AccountId) < flag.Percent, StringComparer.Ordinal));
    }

    /// <summary>0 to 99, always the same for an account: who is among the few stays among the more.</summary>
    private static int BucketOf(string accountId) => SHA256.HashData(Encoding.UTF8.GetBytes(accountId))[0] * HundredPercent / (byte.MaxValue + 1);
}
