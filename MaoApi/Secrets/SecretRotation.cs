using MaoApi.Auth;
using MaoApi.Auth.Services;
using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Secrets;

/// <summary>
/// Rotates the keys: a new one for the ring and for the local issuer, then every stored secret is encrypted anew, one row after the other. The
/// gateway may run meanwhile. Interrupted anywhere, the next call goes on with the key that was made; the old keys stay, for backups.
/// </summary>
internal sealed class SecretRotation(IDbContextFactory<MaoHomeContext> contexts, KeyRing ring, SecretBox box, SigningKeys signing)
{
    private const int BatchSize = 100;

    public async Task<RotationReport> RotateAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var begins = !await AnyStaleAsync(context, ring.Current, cancellationToken);
        if (begins && !ring.IsGiven)
        {
            signing.Add();
            ring.Add();
        }

        var key = ring.Current;
        var accounts = await EncryptAnewAsync(
            key,
            context.Accounts.Where(row => row.AccountData != null).Select(row => new StoredSecret { Id = row.Id, Name = row.AccountId, Text = row.AccountData! }),
            AccountSecrets.Owner,
            (old, text) => context.Accounts.Where(row => row.Id == old.Id && row.AccountData == old.Text)
                .ExecuteUpdateAsync(row => row.SetProperty(account => account.AccountData, text), cancellationToken),
            cancellationToken);
        var present = await EncryptAnewAsync(
            key,
            context.ServiceKeys.Select(row => new StoredSecret { Id = row.Id, Name = row.KeyId, Text = row.Secret }),
            ServiceKeys.Owner,
            (old, text) => context.ServiceKeys.Where(row => row.Id == old.Id && row.Secret == old.Text)
                .ExecuteUpdateAsync(row => row.SetProperty(service => service.Secret, text), cancellationToken),
            cancellationToken);
        var previous = await EncryptAnewAsync(
            key,
            context.ServiceKeys.Where(row => row.PreviousSecret != null).Select(row => new StoredSecret { Id = row.Id, Name = row.KeyId, Text = row.PreviousSecret! }),
            ServiceKeys.Owner,
            (old, text) => context.ServiceKeys.Where(row => row.Id == old.Id && row.PreviousSecret == old.Text)
                .ExecuteUpdateAsync(row => row.SetProperty(service => service.PreviousSecret, text), cancellationToken),
            cancellationToken);
        return new RotationReport(key.Id, begins && !ring.IsGiven, accounts + present + previous, signing.RemoveOld(TokenIssuer.Lifetime * 4));
    }

    private static async Task<bool> AnyStaleAsync(MaoHomeContext context, RingKey key, CancellationToken cancellationToken)
    {
        var prefix = SecretBox.Prefix(key);
        return await context.Accounts.AnyAsync(row => row.AccountData != null && !row.AccountData.StartsWith(prefix), cancellationToken)
            || await context.ServiceKeys.AnyAsync(
                row => !row.Secret.StartsWith(prefix) || (row.PreviousSecret != null && !row.PreviousSecret.StartsWith(prefix)), cancellationToken);
    }

    /// <summary>Replaces each value that has not changed since it was read; one that has was encrypted anew by whoever changed it.</summary>
    private async Task<int> EncryptAnewAsync(
        RingKey key,
        IQueryable<StoredSecret> rows,
        Func<string, string> owner,
        Func<StoredSecret, string, Task<int>> replaceAsync,
        CancellationToken cancellationToken)
    {
        var done = 0;
        var after = 0;
        while (true)
        {
            var last = after;
            var batch = await rows.Where(row => row.Id > last).OrderBy(row => row.Id).Take(BatchSize).ToListAsync(cancellationToken);
            foreach (var row in batch.Where(row => !SecretBox.IsSealedWith(key, row.Text)))
            {
                var name = owner(row.Name);
                done += await replaceAsync(row, box.Seal(name, box.Open(name, row.Text)));
            }

            if (batch.Count < BatchSize)
            {
                return done;
            }

            after = batch[^1].Id;
        }
    }

    private sealed record StoredSecret
    {
        public required int Id { get; init; }

        public required string Name { get; init; }

        public required string Text { get; init; }
    }
}

/// <summary>What a rotation did.</summary>
/// <param name="KeyId">The key of the ring everything is encrypted with now.</param>
/// <param name="IsNew">Whether that key was made now; otherwise a rotation that was interrupted has been finished.</param>
/// <param name="Encrypted">Secrets encrypted anew.</param>
/// <param name="SigningKeysRemoved">Old keys of the local issuer no token in use needs.</param>
internal sealed record RotationReport(string KeyId, bool IsNew, int Encrypted, int SigningKeysRemoved);
