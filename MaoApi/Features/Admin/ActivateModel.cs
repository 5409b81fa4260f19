using System.ComponentModel.DataAnnotations;
using MaoApi.Data;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin;

public sealed record ActivateModelRequest
{
    [Required]
    [StringLength(100)]
    public string? Name { get; init; }

    /// <summary>The maker's name of the version.</summary>
    [Required]
    [StringLength(64)]
    public string? ModelVersion { get; init; }

    /// <summary>The row's version as it was read; a stale one is refused.</summary>
    public long? Version { get; init; }
}

/// <summary>Makes one version of a model the one in use; the one before is put aside in the same transaction.</summary>
internal static class ActivateModel
{
    public static async Task<Answer<ModelView>> HandleAsync(
        ActivateModelRequest request, IDbContextFactory<MaoDataContext> contexts, AdminUnit unit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = await context.Models.Include(model => model.Performance).Where(model => model.Name == request.Name)
            .ToListAsync(cancellationToken);
        if (versions.Find(model => model.ModelVersionId == request.ModelVersion) is not { } chosen)
        {
            return new Failure(ApiCodes.EngineNotFound, "no such version of a model");
        }

        if (request.Version is { } version && version != chosen.Version)
        {
            return new Failure(ApiCodes.EngineConflict, "changed by somebody else in the meantime");
        }

        var before = versions.Where(model => model.IsActive).Select(model => model.ModelVersionId).ToList();
        foreach (var model in versions)
        {
            model.IsActive = model == chosen;
        }

        await context.SaveChangesAsync(cancellationToken);
        await AuditAsync(unit, chosen.Name, before, chosen.ModelVersionId, cancellationToken);
        return ModelView.Of(chosen);
    }

    /// <summary>The audit lies in the other database: it is written when the change is stored.</summary>
    private static async Task AuditAsync(
        AdminUnit unit, string name, List<string> before, string after, CancellationToken cancellationToken)
    {
        await using var context = await unit.Service<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(cancellationToken);
        var entry = unit.NewEntry("models/activate", name);
        entry.Before = AuditText.Of(new { Active = before });
        entry.After = AuditText.Of(new { Active = new[] { after } });
        context.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
    }
}
