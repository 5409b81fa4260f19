using System.Text.Json;
using MaoApi.Auth.Services;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Engines;

/// <summary>Brings the engines somebody else runs into the accounts, so that they are reached: where they are, and the keys they sign with.</summary>
internal sealed class NamedEngines(IDbContextFactory<MaoHomeContext> contexts, ServiceKeys keys, EngineDirectory directory, GatewayOptions options)
{
    /// <summary>Takes them in; an account whose pod was to run it has none any more.</summary>
    /// <returns>What is wrong; then nothing was changed.</returns>
    public async Task<IReadOnlyList<string>> TakeInAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var engine in options.Engines)
        {
            var account = await context.Accounts.Include(row => row.Pod).SingleOrDefaultAsync(row => row.AccountId == engine.AccountId, cancellationToken);
            if (account is null)
            {
                faults.Add($"ENGINES: there is no account {engine.AccountId}");
                continue;
            }

            account.EngineHost = engine.Host;
            account.EnginePort = engine.Port;
            if (account.Pod is { } pod)
            {
                context.Pods.Remove(pod);
            }

            if (ReadKey(engine.AccountId, faults) is { } key)
            {
                await keys.TakeInAsync(context, key, ServiceScopes.OfEngine(engine.AccountId), $"engine of {engine.AccountId}", cancellationToken);
            }
        }

        if (faults.Count == 0)
        {
            await context.SaveChangesAsync(cancellationToken);
            keys.Clear();
            directory.Drop();
        }

        return faults;
    }

    private ServiceKeySecret? ReadKey(string accountId, List<string> faults)
    {
        if (options.EngineKeysDir is not { } folder)
        {
            return null;
        }

        var path = Path.Combine(folder, $"engine-{accountId}.json");
        try
        {
            if (JsonSerializer.Deserialize<ServiceKeySecret>(File.ReadAllText(path), JsonSerializerOptions.Web) is { KeyId.Length: > 0, Secret.Length: >= 32 } key)
            {
                return key;
            }

            faults.Add($"ENGINE_KEYS_DIR: {path} holds no keyId, or no secret of 32 characters");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add($"ENGINE_KEYS_DIR: {fault.Message}");
        }
        catch (JsonException)
        {
            // What stands there is secret: not a word of it is repeated.
            faults.Add($"ENGINE_KEYS_DIR: {path} is not {{\"keyId\",\"secret\"}}");
        }

        return null;
    }
}
