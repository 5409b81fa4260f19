using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.History;
using MaoApi.Http;
using MaoApi.Studies;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin.Studies;

/// <summary>What must hold of a plan as a whole: between its members, and between it and what is stored.</summary>
internal static class StudyRules
{
    /// <summary>Everything that is wrong, in one answer; null where nothing is.</summary>
    public static async Task<Failure?> CheckAsync(AdminUnit unit, MaoHomeContext home, StudyPlan plan, CancellationToken cancellationToken)
    {
        var definition = StudyDefinition.Of(plan);
        var kind = StudyKinds.All[plan.Kind];
        var errors = kind.Check(definition).Select(problem => Error(problem.Field, problem.Message)).ToList();
        if (kind.IsComputed != plan.Schedule is not null)
        {
            errors.Add(Error("schedule", kind.IsComputed ? "schedule is required" : $"a {kind.Name} study has no schedule: a service tells its values"));
        }

        if (!kind.IsComputed && plan.ExportSymbol is not null)
        {
            errors.Add(Error("exportSymbol", $"a {kind.Name} study is exported by the service that tells its values"));
        }

        await using var history = await unit.Service<IDbContextFactory<MaoDataContext>>().CreateDbContextAsync(cancellationToken);
        await CheckTickersAsync(history, definition, errors, cancellationToken);
        if (plan.ExportSymbol is { } symbol)
        {
            await CheckExportAsync(home, history, plan, definition, symbol, errors, cancellationToken);
        }

        return errors.Count == 0 ? null : new Failure(ApiCodes.Invalid, errors[0].Message) { Errors = errors };
    }

    private static async Task CheckTickersAsync(
        MaoDataContext history, StudyDefinition definition, List<FieldError> errors, CancellationToken cancellationToken)
    {
        var known = await history.Tickers.AsNoTracking().Where(row => definition.Tickers.Contains(row.Symbol)).Select(row => row.Symbol)
            .ToListAsync(cancellationToken);
        foreach (var (index, ticker) in definition.Tickers.Index())
        {
            if (!known.Contains(ticker, StringComparer.Ordinal))
            {
                errors.Add(Error($"tickers[{index}]", $"unknown ticker {ticker}"));
            }
        }
    }

    private static async Task CheckExportAsync(
        MaoHomeContext home,
        MaoDataContext history,
        StudyPlan plan,
        StudyDefinition definition,
        string symbol,
        List<FieldError> errors,
        CancellationToken cancellationToken)
    {
        var exporter = await history.StudyExports
            .Join(history.Tickers, row => row.TickerKey, ticker => ticker.Id, (row, ticker) => new { row.StudyKey, ticker.Symbol })
            .Where(row => row.Symbol == symbol).Join(history.Studies, row => row.StudyKey, study => study.Id, (_, study) => study.StudyId)
            .FirstOrDefaultAsync(cancellationToken);
        var isOther = await history.Tickers.AnyAsync(row => row.Symbol == symbol && row.Source != TickerSources.Study, cancellationToken);
        if (definition.Tickers.Contains(symbol, StringComparer.Ordinal))
        {
            errors.Add(Error("exportSymbol", "a study cannot become one of its own tickers"));
        }
        else if (isOther || (exporter is not null && exporter != plan.StudyId)
            || await home.StudyPlans.AnyAsync(row => row.ExportSymbol == symbol && row.StudyId != plan.StudyId, cancellationToken))
        {
            errors.Add(Error("exportSymbol", $"there is a ticker {symbol} already"));
        }
    }

    private static FieldError Error(string field, string message) => new(field, "invalid", message);
}
