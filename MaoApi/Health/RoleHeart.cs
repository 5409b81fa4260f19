using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Health;

/// <summary>
/// Tells every ten seconds, in the configuration database, that this process fills its roles: a process with the role <c>pod</c> or
/// <c>data</c> alone listens on no port that a monitor could ask.
/// </summary>
internal sealed partial class RoleHeart(
    IDbContextFactory<MaoHomeContext> contexts, GatewayOptions options, TimeProvider time, ILogger<RoleHeart> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly string[] _roles =
    [
        .. Enum.GetValues<GatewayRoles>().Where(role => int.PopCount((int)role) == 1 && options.Roles.HasFlag(role))
            .Select(role => role.ToString().ToLowerInvariant()),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await BeatAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // That nothing was told is what a monitor sees; the next beat may come through.
                NotTold(logger, fault);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var role in _roles)
        {
            var now = time.GetUtcNow();
            var known = await context.RoleBeats.Where(beat => beat.Role == role).ExecuteUpdateAsync(
                beat => beat.SetProperty(row => row.At, now).SetProperty(row => row.Machine, Environment.MachineName), cancellationToken);
            if (known == 0)
            {
                context.Add(new RoleBeat { Role = role, Machine = Environment.MachineName, At = now });
                await context.SaveChangesAsync(cancellationToken);
            }
        }
    }

    [LoggerMessage(3430, LogLevel.Warning, "That this process works could not be told the database; tried again in a moment")]
    private static partial void NotTold(ILogger logger, Exception fault);
}
