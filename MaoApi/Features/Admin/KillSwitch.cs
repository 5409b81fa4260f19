using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Engines;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin;

public sealed record KillSwitchRequest : IValidatableObject
{
    /// <summary>One account, or else <see cref="All"/>.</summary>
    [StringLength(40)]
    public string? AccountId { get; init; }

    /// <summary>Every active account.</summary>
    public bool All { get; init; }

    /// <summary>False releases the accounts again.</summary>
    public bool Blocked { get; init; } = true;

    /// <summary>Kept with the block and with every order that closes.</summary>
    [Required]
    [StringLength(200)]
    public string? Reason { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => AccountId is { Length: > 0 } == All
        ? [new ValidationResult("accountId, or all: true, is required, and not both", [nameof(AccountId)])]
        : [];
}

internal sealed record KillSwitchResponse(IReadOnlyList<KillSwitchResult> Results);

/// <summary>What an account's engine answered; code 0: nothing opens any more.</summary>
internal sealed record KillSwitchResult(string AccountId, int Code, string Message);

internal static partial class KillSwitch
{
    public static async Task<Answer<KillSwitchResponse>> HandleAsync(
        KillSwitchRequest request,
        HttpContext http,
        EngineDirectory directory,
        EngineGateway engines,
        AdminUnit unit,
        ILogger<AdminUnit> logger,
        IDbContextFactory<MaoHomeContext> contexts,
        CancellationToken cancellationToken)
    {
        if (!request.All && await directory.FindAsync(request.AccountId!, cancellationToken) is null)
        {
            return Failure.Of(ApiCodes.Forbidden);
        }

        await RecordAsync(request, unit, logger);
        var accounts = request.All ? await AllAsync(contexts, cancellationToken) : [request.AccountId!];
        var call = EngineCalls.KillSwitch(new { request.Blocked, request.Reason });

        // All at once, so that a dead engine holds up nobody's; and once begun to the end, whether or not the caller waits for it.
        var results = await Task.WhenAll(accounts.Select(accountId => ThrowAsync(accountId, call, http.RequestId(), engines)));
        return new KillSwitchResponse(results);
    }

    /// <summary>An audit that cannot be written must not hold up what stops the losses.</summary>
    private static async Task RecordAsync(KillSwitchRequest request, AdminUnit unit, ILogger logger)
    {
        try
        {
            await unit.RecordAsync("killswitch", request.AccountId ?? "all", new { request.Blocked, request.Reason });
        }
        catch (Exception fault) when (request.Blocked && DatabaseFault.Is(fault))
        {
            NotRecorded(logger, fault, unit.Caller.UserId, request.AccountId ?? "all");
        }
    }

    private static async Task<List<string>> AllAsync(IDbContextFactory<MaoHomeContext> contexts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Accounts.AsNoTracking()
            .Where(account => account.IsActive)
            .OrderBy(account => account.AccountId)
            .Select(account => account.AccountId)
            .ToListAsync(cancellationToken);
    }

    private static async Task<KillSwitchResult> ThrowAsync(string accountId, EngineCall call, string requestId, EngineGateway engines)
    {
        try
        {
            await using var reply = await engines.SendAsync(AuthorizedAccount.OfAdministrator(accountId), call, requestId, CancellationToken.None);
            return new KillSwitchResult(accountId, reply.Refusal?.Code ?? 0, reply.Message);
        }
        catch (Exception fault) when (DatabaseFault.Is(fault))
        {
            return new KillSwitchResult(accountId, ApiCodes.Database.Code, ApiCodes.Database.Name);
        }
    }

    [LoggerMessage(3350, LogLevel.Error, "The kill switch of {UserId} on {Account} could not be recorded")]
    private static partial void NotRecorded(ILogger logger, Exception fault, string userId, string account);
}
