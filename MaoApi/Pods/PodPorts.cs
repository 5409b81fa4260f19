using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Pods;

/// <summary>Gives every engine its ports, one pod at a time, and keeps them in the database.</summary>
internal sealed class PodPorts : IDisposable
{
    private const int FirstEnginePort = 2260;
    private const int FirstHealthPort = 2360;

    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Stores the account's host and port. Returns its health port.</summary>
    public async Task<int> AssignAsync(MaoHomeContext context, Account account, PodPlace place, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var others = await context.Accounts.AsNoTracking().Where(row => row.Id != account.Id)
                .Select(row => new { row.EnginePort, row.Pod!.Config }).ToListAsync(cancellationToken);
            var enginePorts = others.Select(other => other.EnginePort ?? 0).ToHashSet();
            var healthPorts = others.Where(other => other.Config is not null)
                .Select(other => PodConfig.Parse(other.Config).HealthPort ?? 0).ToHashSet();

            var config = PodConfig.Parse(account.Pod!.Config);
            var healthPort = place.HealthPort ?? FreePort.Choose(config.HealthPort, FirstHealthPort, healthPorts);
            account.EngineHost = place.Host;
            account.EnginePort = place.EnginePort ?? FreePort.Choose(account.EnginePort, FirstEnginePort, enginePorts);
            account.Pod.Config = (config with { HealthPort = healthPort }).ToString();
            await context.SaveChangesAsync(cancellationToken);
            return healthPort;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();
}
