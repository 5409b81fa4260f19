using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using MaoApi.Data;
using MaoApi.Data.History;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin;

public sealed record ListModelsRequest
{
    private const int MaxLimit = 200;

    public ModelsFilter? Filter { get; init; }

    [AllowedValues(null, "-created")]
    public string? Sort { get; init; }

    [Range(1, MaxLimit)]
    public int Limit { get; init; } = 50;

    [RegularExpression("^[0-9]{1,9}$")]
    public string? Cursor { get; init; }
}

public sealed record ModelsFilter
{
    [StringLength(100)]
    public string? Name { get; init; }

    public bool? Active { get; init; }
}

/// <summary>A version of a model and how it did when it was last measured. What was measured is reported, not promised.</summary>
internal sealed record ModelView(
    string Name,
    string ModelVersion,
    string Sha256,
    string FeaturesHash,
    JsonElement Hyperparameters,
    long Seed,
    int Rows,
    long FromFrame,
    long ToFrame,
    bool Active,
    IReadOnlyList<string> Accounts,
    string? Symbol,
    int TimeFrame,
    DateTimeOffset Created,
    long Version,
    ModelFigures? Performance)
{
    public static ModelView Of(ModelVersion model) => new(
        model.Name,
        model.ModelVersionId,
        model.Sha256,
        model.FeaturesHash,
        JsonElement.Parse(model.Hyperparameters),
        model.Seed,
        model.Rows,
        model.FromFrame,
        model.ToFrame,
        model.IsActive,
        [.. model.Activations.Select(row => row.AccountId).Order(StringComparer.Ordinal)],
        model.Symbol,
        model.TimeFrameSeconds,
        model.Created,
        model.Version,
        model.Performance.OrderBy(row => row.MeasuredAt).Select(ModelFigures.Of).LastOrDefault());
}

internal sealed record ModelFigures(
    DateTimeOffset MeasuredAt,
    int Rows,
    double Accuracy,
    double Precision,
    double Recall,
    double F1,
    double ValidationScore,
    JsonElement FeatureImportance,
    double? Drift)
{
    public static ModelFigures Of(ModelPerformance row) => new(
        row.MeasuredAt,
        row.Rows,
        row.Accuracy,
        row.Precision,
        row.Recall,
        row.F1,
        row.ValidationScore,
        JsonElement.Parse(row.FeatureImportance),
        row.Drift);
}

internal static class ListModels
{
    public static async Task<Answer<ListPage<ModelView>>> HandleAsync(
        ListModelsRequest request, IDbContextFactory<MaoDataContext> contexts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var models = context.Models.AsNoTracking().Include(model => model.Performance).Include(model => model.Activations).AsQueryable();
        if (request.Filter?.Name is { } name)
        {
            models = models.Where(model => model.Name == name);
        }

        if (request.Filter?.Active is { } active)
        {
            models = models.Where(model => model.IsActive == active);
        }

        if (request.Cursor is { } cursor)
        {
            var before = int.Parse(cursor, CultureInfo.InvariantCulture);
            models = models.Where(model => model.Id < before);
        }

        var page = await models.OrderByDescending(model => model.Id).Take(request.Limit + 1).ToListAsync(cancellationToken);
        return new ListPage<ModelView>(
            [.. page.Take(request.Limit).Select(ModelView.Of)], page.Count > request.Limit ? $"{page[request.Limit - 1].Id}" : null);
    }
}
