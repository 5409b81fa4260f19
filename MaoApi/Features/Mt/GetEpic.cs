using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Mt;

public sealed record EpicQuery : IValidatableObject
{
    /// <summary>Our name of what is traded.</summary>
    [StringLength(64)]
    public string? Epic { get; init; }

    /// <summary>Symbol of a ticker of the market data.</summary>
    [StringLength(64)]
    public string? Ticker { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(Epic) == string.IsNullOrEmpty(Ticker))
        {
            yield return new ValidationResult("either epic or ticker is required", [nameof(Epic)]);
        }
    }
}

internal sealed record EpicNames(string Epic, string? EpicData, string? BrokerEpic, int? TickerId);

internal static class GetEpic
{
    public static async Task<Answer<EpicNames>> HandleAsync(
        [AsParameters] EpicQuery query,
        ServiceCaller caller,
        IDbContextFactory<MaoHomeContext> contexts,
        IDbContextFactory<MaoDataContext> histories,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var symbol = string.IsNullOrEmpty(query.Ticker)
            ? await context.Symbols.AsNoTracking().SingleOrDefaultAsync(row => row.Epic == query.Epic, cancellationToken)
            : await OfTickerAsync(context, histories, query.Ticker, cancellationToken);
        if (symbol is null)
        {
            return Failure.Of(ApiCodes.EngineNotFound);
        }

        var dataEpic = symbol.DataEpic ?? symbol.Epic;
        var brokerEpic = await context.BrokerSymbols.AsNoTracking()
            .Where(row => row.SymbolKey == symbol.Id && context.Accounts.Any(account => account.AccountId == caller.AccountId && account.BrokerKey == row.BrokerKey))
            .Select(row => row.BrokerEpic).SingleOrDefaultAsync(cancellationToken);
        var ticker = await context.SymbolTickers.AsNoTracking().Where(row => row.DataEpic == dataEpic && row.IsEnabled)
            .Select(row => (int?)row.TickerKey).SingleOrDefaultAsync(cancellationToken);
        return new EpicNames(symbol.Epic, symbol.DataEpic, brokerEpic, ticker);
    }

    private static async Task<Symbol?> OfTickerAsync(
        MaoHomeContext context, IDbContextFactory<MaoDataContext> histories, string ticker, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        var key = await history.Tickers.AsNoTracking().Where(row => row.Symbol == ticker).Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellationToken);
        return await context.Symbols.AsNoTracking()
            .Where(row => context.SymbolTickers.Any(
                known => known.TickerKey == key && known.IsEnabled && known.DataEpic == (row.DataEpic ?? row.Epic)))
            .OrderBy(row => row.Epic).FirstOrDefaultAsync(cancellationToken);
    }
}
