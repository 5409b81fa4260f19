using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.History;
using MaoApi.MarketData;
using MaoTrade.Market.Frames;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Support;

/// <summary>A ticker of the history store and the epic whose prices it tells.</summary>
internal sealed class LinkedTicker(Gateway gateway, int key, string symbol)
{
    private const int MostFrames = 100_000;
    private const int NotEnough = 32;

    /// <summary>A ticker, and its epic as account <c>one</c> may trade it.</summary>
    public static async Task<LinkedTicker> AddAsync(Gateway gateway, string symbol, string epic, bool isTraded = true)
    {
        await using var history = gateway.App.Services.GetRequiredService<IDbContextFactory<MaoDataContext>>().CreateDbContext();
        var ticker = new Ticker { Symbol = symbol, Name = symbol, Source = TickerSources.Store, IsEnabled = true };
        history.Add(ticker);
        await history.SaveChangesAsync();
        await using var home = gateway.Database();
        var traded = new Symbol { Epic = epic, Name = epic, IsEnabled = true };
        home.Add(traded);
        home.Add(new SymbolTicker { DataEpic = epic, TickerKey = ticker.Id, IsEnabled = true });
        if (isTraded)
        {
            home.Add(new BrokerSymbol
            {
                Symbol = traded,
                Broker = home.Brokers.Single(),
                BrokerEpic = epic,
                MinQty = 1,
                MaxQty = 1_000_000,
                QtyStep = 1,
                PriceStep = 0.00001m,
                Currency = "USD",
            });
        }

        await home.SaveChangesAsync();
        return new LinkedTicker(gateway, ticker.Id, symbol);
    }

    /// <summary>Imports bars as files of a vendor do.</summary>
    public Task<HistoryWritten?> ImportAsync(int timeFrame, params Frame[] bars) =>
        gateway.App.Services.GetRequiredService<HistoryWriter>().WriteAsync(key, timeFrame, bars, "vendor.csv", CancellationToken.None);

    /// <summary>All bars of a length, as <c>/srv/ticker/market-data</c> tells them.</summary>
    public async Task<Frame[]> BarsAsync(int timeFrame)
    {
        var reply = await AskAsync(timeFrame, MostFrames);
        if (reply.Code == NotEnough)
        {
            // "Not enough data n/m"
            reply = await AskAsync(timeFrame, int.Parse(reply.Body["message"]!.ToString().Split(' ')[^1].Split('/')[0]));
        }

        return reply.Status == 200
            ? [.. reply.Data["frames"]!.AsArray().Select(row => new Frame(
                (long)row!["frame"]!, (decimal)row["open"]!, (decimal)row["high"]!, (decimal)row["low"]!, (decimal)row["close"]!, (decimal)row["volume"]!))]
            : [];
    }

    private Task<Reply> AskAsync(int timeFrame, int frames) => gateway.SignedAsync(
        gateway.ServiceKey, HttpMethod.Post, "/srv/ticker/market-data",
        $$"""{"ticker":"{{symbol}}","timeFrame":{{timeFrame}},"toDate":"2199-01-01","frames":{{frames}}}""");
}
