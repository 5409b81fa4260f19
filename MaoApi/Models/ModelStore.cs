using System.Text.Json;
using MaoApi.Data;
using MaoApi.Data.History;
using MaoTrade.Market.Features;
using MaoTrade.Market.Models;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Models;

/// <summary>Files of models in the database: taken in whole and checked, given out piece by piece. Thread-safe.</summary>
internal sealed class ModelStore(IDbContextFactory<MaoDataContext> contexts, TimeProvider time)
{
    /// <summary>Takes a file in; the same one again changes nothing.</summary>
    /// <param name="fileName">What it was called.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="cancellationToken">Ends it; nothing is stored then.</param>
    /// <returns>The version, and whether it is new.</returns>
    /// <exception cref="ModelFileException">It is no model this product can use, or another file of its name and version is there.</exception>
    public async Task<(ModelVersion Version, bool IsNew)> AddAsync(string fileName, byte[] bytes, CancellationToken cancellationToken)
    {
        var model = ModelFile.Read(bytes, FeatureNames.All);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, model.Name, model.Version, cancellationToken) is { } known)
        {
            return known.Sha256 == model.Sha256
                ? (known, false)
                : throw new ModelFileException($"version {model.Version} of {model.Name} is there already, with another file ({known.Sha256}); give this one another version");
        }

        var version = Row(model, fileName, bytes.Length);
        version.Performance.Add(Measured(model, time.GetUtcNow(), null));
        foreach (var (number, content) in bytes.Chunk(ModelPart.SizeBytes).Index())
        {
            version.Parts.Add(new ModelPart { Number = number, Content = content });
        }

        context.Add(version);
        await context.SaveChangesAsync(cancellationToken);
        return (version, true);
    }

    /// <summary>The versions an account uses: its own choice of a model, else what all use; those whose file is here.</summary>
    public async Task<IReadOnlyList<ModelVersion>> OfAccountAsync(string accountId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await context.ModelActivations.AsNoTracking().Where(row => row.AccountId == accountId).Select(row => row.Model!).ToListAsync(cancellationToken);
        var common = await context.Models.AsNoTracking().Where(row => row.IsActive).ToListAsync(cancellationToken);
        return [.. own.Concat(common).DistinctBy(row => row.Name).Where(row => row.SizeBytes > 0).OrderBy(row => row.Name, StringComparer.Ordinal)];
    }

    /// <summary>Writes a file.</summary>
    public async Task CopyAsync(int modelKey, Stream output, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        for (var number = 0; ; number++)
        {
            var content = await context.ModelParts.AsNoTracking().Where(part => part.ModelKey == modelKey && part.Number == number)
                .Select(part => part.Content).SingleOrDefaultAsync(cancellationToken);
            if (content is null)
            {
                return;
            }

            await output.WriteAsync(content, cancellationToken);
        }
    }

    /// <summary>A file that was taken in.</summary>
    /// <exception cref="ModelFileException">It was damaged since.</exception>
    public async Task<TrainedModel> ReadAsync(int modelKey, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        await CopyAsync(modelKey, file, cancellationToken);
        return ModelFile.Read(file.ToArray(), FeatureNames.All);
    }

    /// <summary>What a model achieved in its walk forward, with the drift that was measured now.</summary>
    public static ModelPerformance Measured(TrainedModel model, DateTimeOffset now, double? drift)
    {
        var scores = model.Header.Training.Scores;
        return new ModelPerformance
        {
            MeasuredAt = now,
            Rows = scores.Rows,
            Accuracy = scores.Accuracy,
            Precision = scores.Precision,
            Recall = scores.Recall,
            F1 = scores.F1,
            ValidationScore = scores.ValidationScore,
            FeatureImportance = JsonSerializer.Serialize(model.Header.Features.ToDictionary(feature => feature.Name, feature => feature.Importance)),
            Drift = drift,
        };
    }

    private static Task<ModelVersion?> FindAsync(MaoDataContext context, string name, string version, CancellationToken cancellationToken) =>
        context.Models.AsNoTracking().SingleOrDefaultAsync(row => row.Name == name && row.ModelVersionId == version, cancellationToken);

    private ModelVersion Row(TrainedModel model, string fileName, int sizeBytes) => new()
    {
        Name = model.Name,
        ModelVersionId = model.Version,
        File = fileName,
        Sha256 = model.Sha256,
        SizeBytes = sizeBytes,
        Symbol = model.Header.Training.Symbol,
        TimeFrameSeconds = model.Header.Training.TimeFrameSeconds,
        FeaturesHash = model.Header.FeaturesSha256,
        Hyperparameters = JsonSerializer.Serialize(model.Header.Ensembles.ToDictionary(one => one.Kind.ToString(), one => one.Parameters)),
        Seed = model.Header.Training.Seed,
        Rows = model.Header.Training.Rows,
        FromFrame = model.Header.Training.FromUnixSeconds,
        ToFrame = model.Header.Training.ToUnixSeconds,
        Created = time.GetUtcNow(),
    };
}
