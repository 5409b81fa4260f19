using MaoApi.Data;
using MaoApi.Hosting;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Pods;

/// <summary>
/// Which accounts this pod looks after: of several pods on one database, one at a time holds an account. A holder says every few seconds
/// that it is alive; one that has not been heard of for half a minute has lost its accounts. Owned by the fleet's loop.
/// </summary>
internal sealed class PodLeases(IDbContextFactory<MaoHomeContext> contexts, DataFolder folder, TimeProvider time)
{
    /// <summary>How long an account belongs to a pod that has not been heard of. Clocks of two machines may differ by far less.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    private const int MaxHolder = 300;

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, DateTimeOffset> _held = [];

    /// <summary>A data folder has one pod at a time: who comes back to it after a crash is the same holder and waits for nobody.</summary>
    public string Holder { get; } = Short($"{Environment.MachineName} {folder.Root}");

    /// <summary>The accounts that are held now, whether the database answers or not.</summary>
    public IReadOnlySet<int> Held => _held.Where(lease => lease.Value > time.GetUtcNow()).Select(lease => lease.Key).ToHashSet();

    /// <summary>Takes and renews what can be had of these accounts, and gives back all others.</summary>
    public async Task HoldAsync(IReadOnlyCollection<int> accountKeys, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await ReleaseAsync([.. _held.Keys.Except(accountKeys)], cancellationToken);
        var wanted = accountKeys.Where(key => !_held.TryGetValue(key, out var until) || until - now < Hold - Renewal).ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var until = now + Hold;
        await context.Pods
            .Where(pod => wanted.Contains(pod.AccountKey) && (pod.Holder == null || pod.Holder == Holder || pod.HeldUntil < now))
            .ExecuteUpdateAsync(pod => pod.SetProperty(row => row.Holder, Holder).SetProperty(row => row.HeldUntil, until), cancellationToken);
        var others = await context.Pods.Where(pod => wanted.Contains(pod.AccountKey) && pod.Holder != Holder)
            .Select(pod => pod.AccountKey).ToListAsync(cancellationToken);

        // An account whose row is gone is nobody else's either: its engine is this pod's to stop.
        wanted.Except(others).ToList().ForEach(key => _held[key] = until);
        others.ForEach(key => _held.Remove(key));
    }

    /// <summary>Gives back everything: the pod ends in order, another one need not wait.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => ReleaseAsync([.. _held.Keys], cancellationToken);

    private async Task ReleaseAsync(List<int> accountKeys, CancellationToken cancellationToken)
    {
        if (accountKeys.Count == 0)
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Pods.Where(pod => accountKeys.Contains(pod.AccountKey) && pod.Holder == Holder)
            .ExecuteUpdateAsync(
                pod => pod.SetProperty(row => row.Holder, (string?)null).SetProperty(row => row.HeldUntil, (DateTimeOffset?)null), cancellationToken);
        accountKeys.ForEach(key => _held.Remove(key));
    }

    private static string Short(string holder) => holder.Length <= MaxHolder ? holder : holder[^MaxHolder..];
}
