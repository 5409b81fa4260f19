using System.Text.Json;
using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin.TradingSystems;

/// <summary>What the systems earned, as the engines told in their daily summaries.</summary>
internal static class SystemReturns
{
    private const int Days = 90;

    /// <summary>By system, the average of the days' returns of all accounts; summaries without returns by system count for none.</summary>
    public static async Task<IReadOnlyDictionary<string, decimal>> ReadAsync(AdminUnit unit, CancellationToken cancellationToken)
    {
        var from = DateOnly.FromDateTime(unit.Now.UtcDateTime).AddDays(-Days);
        await using var context = await unit.Service<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(cancellationToken);
        var figures = await context.DailySummaries.AsNoTracking().Where(row => row.Date >= from).Select(row => row.Figures)
            .ToListAsync(cancellationToken);
        return figures.SelectMany(OfDay).GroupBy(day => day.System, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Average(day => day.Return), StringComparer.Ordinal);
    }

    private static IEnumerable<(string System, decimal Return)> OfDay(string figures)
    {
        var json = JsonElement.Parse(figures);
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("systems", out var systems) || systems.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var system in systems.EnumerateObject())
        {
            if (system.Value.ValueKind == JsonValueKind.Object
                && system.Value.TryGetProperty("totalReturn", out var total) && total.ValueKind == JsonValueKind.Number
                && total.TryGetDecimal(out var value))
            {
                yield return (system.Name, value);
            }
        }
    }
}
