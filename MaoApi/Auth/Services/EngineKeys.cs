using System.Text.Json;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Auth.Services;

/// <summary>The key of each engine, handed to it as a file only its owner reads (<c>accounts/{id}/service.key</c>).</summary>
internal sealed class EngineKeys(
    IDbContextFactory<MaoHomeContext> contexts, ServiceKeys keys, DataFolder folder, TimeProvider time)
{
    /// <summary>A key older than this gets a new secret when its engine is started.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(30);

    /// <summary>Writes the key of an account's engine. Makes it where there is none, gives it a new secret where it is old.</summary>
    /// <returns>The file: <c>{"keyId","secret"}</c>.</returns>
    public async Task<string> IssueAsync(string accountId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = ServiceScopes.OfEngine(accountId);
        var key = await context.ServiceKeys.Where(row => row.Scope == scope && row.IsActive)
            .OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        ServiceKeySecret secret;
        if (key is null)
        {
            secret = ServiceKeys.Generate();
            keys.Add(context, secret, scope, $"engine of {accountId}");
        }
        else
        {
            secret = time.GetUtcNow() - key.Rotated > MaxAge ? keys.Rotate(key) : keys.Reveal(key);
        }

        await context.SaveChangesAsync(cancellationToken);
        keys.Drop(secret.KeyId);
        Directory.CreateDirectory(folder.Account(accountId));
        var path = Path.Combine(folder.Account(accountId), "service.key");
        PrivateFile.Write(path, JsonSerializer.Serialize(secret, JsonSerializerOptions.Web));
        return path;
    }
}
