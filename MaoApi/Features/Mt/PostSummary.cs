using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Mt;

public sealed record SummaryRequest : IValidatableObject
{
    private const int MostFigures = 64 * 1024;

    /// <summary>The trading day.</summary>
    [Required]
    public DateOnly? Date { get; init; }

    [Required]
    public decimal? StartEquity { get; init; }

    [Required]
    public decimal? EndEquity { get; init; }

    /// <summary>ISO 4217.</summary>
    [Required]
    [RegularExpression("[A-Z]{3}")]
    public string? Currency { get; init; }

    /// <summary>A JSON object.</summary>
    public JsonElement Figures { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Figures.ValueKind != JsonValueKind.Object || Figures.GetRawText().Length > MostFigures)
        {
            yield return new ValidationResult("figures is required, an object", [nameof(Figures)]);
        }
    }
}

internal static class PostSummary
{
    public static async Task<Answer<Nothing>> HandleAsync(
        SummaryRequest request, ServiceCaller caller, IDbContextFactory<MaoHomeContext> contexts, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Accounts.SingleOrDefaultAsync(row => row.AccountId == caller.AccountId && row.IsActive, cancellationToken) is not { } account)
        {
            return Failure.Of(ApiCodes.Forbidden);
        }

        var date = request.Date!.Value;
        var figures = request.Figures.GetRawText();
        if (await context.DailySummaries.SingleOrDefaultAsync(row => row.AccountKey == account.Id && row.Date == date, cancellationToken) is not { } summary)
        {
            summary = new DailySummary { AccountKey = account.Id, Date = date, Currency = request.Currency!, Figures = figures };
            context.Add(summary);
        }

        summary.StartEquity = request.StartEquity!.Value;
        summary.EndEquity = request.EndEquity!.Value;
        summary.Currency = request.Currency!;
        summary.Figures = figures;
        summary.Received = time.GetUtcNow();
        await context.SaveChangesAsync(cancellationToken);
        return new Nothing();
    }
}
