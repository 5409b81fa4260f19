using System.ComponentModel.DataAnnotations;
using MaoApi.Data;
using MaoApi.Data.History;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin;

public sealed record ActivateModelRequest : IValidatableObject
{
    [Required]
    [StringLength(100)]
    public string? Name { get; init; }

    /// <summary>The maker's name of the version; left out with an account: that account uses again what all use.</summary>
    [StringLength(64)]
    public string? ModelVersion { get; init; }

    /// <summary>The account that uses the version; left out: all that have no choice of their own.</summary>
    [RegularExpression("[a-z0-9_]{1,40}")]
    public string? AccountId { get; init; }

    /// <summary>The row's version as it was read; a stale one is refused.</summary>
    public long? Version { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ModelVersion is null && AccountId is null)
        {
            yield return new ValidationResult("modelVersion is required, unless an account is to use what all use", [nameof(ModelVersion)]);
        }
    }
}

/// <summary>Makes one version of a model the one in use, for all or for one account; the one before is put aside in the same transaction.</summary>
internal static class ActivateModel
{
    public static async Task<Answer<ModelView>> HandleAsync(
        ActivateModelRequest request, IDbContextFactory<MaoDataContext> contexts, AdminUnit unit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = await context.Models.Include(model => model.Performance).Include(model => model.Activations)
            .Where(model => model.Name == request.Name).ToListAsync(cancellationToken);
        var chosen = versions.Find(model => request.ModelVersion is null ? model.IsActive : model.ModelVersionId == request.ModelVersion);
        if (chosen is null)
        {
            return new Failure(ApiCodes.EngineNotFound, request.ModelVersion is null ? "no version of the model is in use by all" : "no such version of a model");
        }

        if (request.AccountId is { } accountId && !await ExistsAsync(unit, accountId, cancellationToken))
        {
            return new Failure(ApiCodes.EngineNotFound, "no such account");
        }

        if (request.Version is { } version && version != chosen.Version)
        {
            return new Failure(ApiCodes.EngineConflict, "changed by somebody else in the meantime");
        }

        var before = request.AccountId is { } account
            ? Choose(context, versions, account, request.ModelVersion is null ? null : chosen)
            : Choose(versions, chosen);
        await context.SaveChangesAsync(cancellationToken);
        await AuditAsync(unit, request, before, cancellationToken);
        return ModelView.Of(chosen);
    }

    private static List<string> Choose(List<ModelVersion> versions, ModelVersion chosen)
    {
        var before = versions.Where(model => model.IsActive).Select(model => model.ModelVersionId).ToList();
        foreach (var model in versions)
        {
            model.IsActive = model == chosen;
        }

        return before;
    }

    private static List<string> Choose(MaoDataContext context, List<ModelVersion> versions, string accountId, ModelVersion? chosen)
    {
        var row = versions.SelectMany(model => model.Activations).FirstOrDefault(one => one.AccountId == accountId);
        var before = versions.Where(model => model.Id == row?.ModelKey).Select(model => model.ModelVersionId).ToList();
        if (chosen is null)
        {
            if (row is not null)
            {
                context.Remove(row);
            }
        }
        else if (row is null)
        {
            context.Add(new ModelActivation { AccountId = accountId, Name = chosen.Name, ModelKey = chosen.Id });
        }
        else
        {
            row.ModelKey = chosen.Id;
        }

        return before;
    }

    private static async Task<bool> ExistsAsync(AdminUnit unit, string accountId, CancellationToken cancellationToken)
    {
        await using var context = await unit.Service<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(cancellationToken);
        return await context.Accounts.AnyAsync(account => account.AccountId == accountId, cancellationToken);
    }

    /// <summary>The audit lies in the other database: it is written when the change is stored.</summary>
    private static async Task AuditAsync(AdminUnit unit, ActivateModelRequest request, List<string> before, CancellationToken cancellationToken)
    {
        await using var context = await unit.Service<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(cancellationToken);
        var entry = unit.NewEntry("models/activate", request.AccountId is { } account ? $"{request.Name} of {account}" : request.Name!);
        entry.Before = AuditText.Of(new { Active = before });
        entry.After = AuditText.Of(new { Active = request.ModelVersion is { } version ? new[] { version } : [] });
        context.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
    }
}
