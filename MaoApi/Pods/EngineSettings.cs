using System.Text.Json;
using System.Text.Json.Nodes;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Pods;

/// <summary>Writes <c>engine.json</c>, all an engine is told about its account.</summary>
internal sealed class EngineSettings(IDbContextFactory<MaoHomeContext> contexts, DataFolder folder)
{
    private const string TimeZone = "Europe/Rome";
    private const string DailyCleanTime = "23:45";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly object NoRisk = new
    {
        Enabled = false,
        MaxQty = (decimal?)null,
        MaxQtyPerEpic = new Dictionary<string, decimal>(StringComparer.Ordinal),
        MaxOpenPositions = (int?)null,
        MaxOrdersPerMinute = (int?)null,
        MaxDailyLoss = (decimal?)null,
        MaxDrawdownPercent = (decimal?)null,
        MaxTickDeviationPercent = (decimal?)null,
        TradingFrom = (string?)null,
        TradingTo = (string?)null,
    };

    /// <summary>Writes the account's file. Returns its path.</summary>
    public async Task<string> WriteAsync(Account account, string brokerUrl, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var symbols = await context.BrokerSymbols.AsNoTracking()
            .Where(row => row.BrokerKey == account.BrokerKey && row.Symbol!.IsEnabled)
            .OrderBy(row => row.Symbol!.Epic)
            .Select(row => new
            {
                row.Symbol!.Epic,
                row.BrokerEpic,
                row.Symbol.Name,
                row.MinQty,
                row.MaxQty,
                row.QtyStep,
                row.PriceStep,
                row.Currency,
            })
            .ToListAsync(cancellationToken);
        var settings = new
        {
            account.AccountId,
            AccountName = account.Description,
            account.Version,
            Broker = new { account.Broker!.Code, Url = brokerUrl, Config = new JsonObject() },
            Symbols = symbols,
            Risk = NoRisk,
            TimeZone,
            DailyCleanTime,
            TradingEnabled = true,
        };
        Directory.CreateDirectory(folder.Account(account.AccountId));
        var path = Path.Combine(folder.Account(account.AccountId), "engine.json");
        PrivateFile.Write(path, JsonSerializer.Serialize(settings, Json));
        return path;
    }
}
