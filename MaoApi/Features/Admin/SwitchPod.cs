using System.ComponentModel.DataAnnotations;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using MaoApi.Pods;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin;

public sealed record PodRequest
{
    [Required]
    [StringLength(40)]
    public string? AccountId { get; init; }
}

/// <summary>
/// Writes what is wanted of an engine; the fleet does it: at once in this process, within a second in another. The answer is the pod as
/// it was found, with the wish in it.
/// </summary>
internal sealed class SwitchPod(IDbContextFactory<MaoHomeContext> contexts, PodBell bell)
{
    public static Task<Accepted<PodView>> StartAsync(PodRequest request, SwitchPod pods, AdminUnit unit, CancellationToken cancellationToken) =>
        pods.WriteAsync(request, PodStates.Running, PodRequests.Start, unit.NewEntry("pods/start", request.AccountId!), cancellationToken);

    public static Task<Accepted<PodView>> StopAsync(PodRequest request, SwitchPod pods, AdminUnit unit, CancellationToken cancellationToken) =>
        pods.WriteAsync(request, PodStates.Stopped, null, unit.NewEntry("pods/stop", request.AccountId!), cancellationToken);

    public static Task<Accepted<PodView>> RestartAsync(PodRequest request, SwitchPod pods, AdminUnit unit, CancellationToken cancellationToken) =>
        pods.WriteAsync(request, PodStates.Running, PodRequests.Restart, unit.NewEntry("pods/restart", request.AccountId!), cancellationToken);

    private async Task<Accepted<PodView>> WriteAsync(
        PodRequest request, string wanted, string? once, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await context.Accounts.Include(row => row.Pod)
            .SingleOrDefaultAsync(row => row.AccountId == request.AccountId, cancellationToken);
        if (account is null)
        {
            return Failure.Of(ApiCodes.Forbidden);
        }

        if (!account.IsActive && wanted == PodStates.Running)
        {
            return Failure.Invalid("accountId", "inactive", "the account is not active: its engine does not run");
        }

        entry.Before = account.Pod is null ? null : AuditText.Of(new { OpMode = account.Pod.WantedState, OpRequest = account.Pod.Request });
        account.Pod ??= new Pod { Name = "mt-" + account.AccountId, WantedState = wanted, State = PodStates.Stopped };
        account.Pod.WantedState = wanted;
        account.Pod.Request = once;
        entry.After = AuditText.Of(new { OpMode = wanted, OpRequest = once });
        context.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
        bell.Ring();
        return PodView.Of(account.Pod);
    }
}
