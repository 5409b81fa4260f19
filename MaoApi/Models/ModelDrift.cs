using MaoApi.Data;
using MaoApi.Data.History;
using MaoApi.Jobs;
using MaoApi.MarketData;
using MaoTrade.Market.Features;
using MaoTrade.Market.Frames;
using MaoTrade.Market.Models;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Models;

/// <summary>
/// Measures each night how far the market has moved from what the models in use were trained on: <see cref="Drift"/> of the last bars of the
/// ticker a model was trained for. Kept once a day; a model without a ticker, or whose ticker has too few bars here, is left out.
/// </summary>
internal sealed class ModelDrift(
    IDbContextFactory<MaoDataContext> contexts, ModelStore store, StoredHistory history, BarReader reader, TimeProvider time) : IJob
{
    /// <summary>Bars that are looked at.</summary>
    internal const int Bars = 500;

    /// <summary>Above it a model should be made anew.</summary>
    private const double Noticeable = 0.25;

    public string Name => "model-drift";

    public string Lane => JobLanes.Bulk;

    public string Schedule => "40 3 * * *";

    public async Task<string> RunAsync(JobProgress progress, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await context.ModelActivations.AsNoTracking().Select(row => row.ModelKey).ToListAsync(cancellationToken);
        var models = await context.Models.Where(row => row.SizeBytes > 0 && (row.IsActive || own.Contains(row.Id))).ToListAsync(cancellationToken);
        var said = new List<string>();
        foreach (var (i, model) in models.Index())
        {
            progress.Report((double)i / models.Count, $"{model.Name} {model.ModelVersionId}");
            said.Add($"{model.Name} {model.ModelVersionId}: {await MeasureAsync(context, model, cancellationToken)}");
        }

        return said.Count == 0 ? "no models in use" : string.Join("; ", said);
    }

    private async Task<string> MeasureAsync(MaoDataContext context, ModelVersion row, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await context.ModelPerformance.AnyAsync(known => known.ModelKey == row.Id && known.Drift != null && known.MeasuredAt >= now.AddHours(-1), cancellationToken))
        {
            return "measured within the hour";
        }

        var bars = row.Symbol is { } symbol ? await LastAsync(symbol, row.TimeFrameSeconds, cancellationToken) : [];
        if (bars.Count < FeatureCalculator.WarmUpBars + Bars)
        {
            return $"{bars.Count} bars of {row.Symbol ?? "no ticker"}, {FeatureCalculator.WarmUpBars + Bars} are needed";
        }

        var model = await store.ReadAsync(row.Id, cancellationToken);
        var drift = Of(model, bars);
        var measured = ModelStore.Measured(model, now, drift.Mean);
        measured.ModelKey = row.Id;
        context.Add(measured);
        await context.SaveChangesAsync(cancellationToken);
        var worst = Enumerable.Range(0, FeatureNames.Count).MaxBy(drift.Of);
        return $"{drift.Mean:0.000}{(drift.Mean > Noticeable ? ", should be trained anew" : "")}, most {FeatureNames.All[worst]} {drift.Of(worst):0.000}";
    }

    private static Drift Of(TrainedModel model, IReadOnlyList<Frame> bars)
    {
        var drift = new Drift(model.Header);
        var features = new FeatureCalculator();
        var filling = new FeatureFilling();
        var row = new double[FeatureNames.Count];
        foreach (var (i, bar) in bars.Index())
        {
            features.Add((double)bar.High, (double)bar.Low, (double)bar.Close, (double)bar.Volume);
            features.CopyTo(row);
            filling.Fill(row);
            if (i >= bars.Count - Bars)
            {
                drift.Add(row);
            }
        }

        return drift;
    }

    /// <summary>The last bars, as many as are needed, oldest first.</summary>
    private async Task<IReadOnlyList<Frame>> LastAsync(string symbol, int timeFrameSeconds, CancellationToken cancellationToken) =>
        await history.FindAsync(symbol, cancellationToken) is { } ticker
            ? await reader.ReadAsync(
                ticker.Key, timeFrameSeconds, long.MinValue, long.MaxValue, FeatureCalculator.WarmUpBars + Bars, cancellationToken) ?? []
            : [];
}
