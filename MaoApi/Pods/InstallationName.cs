using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Pods;

/// <summary>The name that is on all this installation makes outside its folder: what carries another name is never touched. Thread-safe.</summary>
internal sealed class InstallationName(IDbContextFactory<MaoHomeContext> contexts, PodOptions options)
{
    private string? _name = options.Installation;

    /// <summary>Whether it was chosen by the operator, who then also puts it on the gateway's containers.</summary>
    public bool IsGiven => options.Installation is not null;

    public async Task<string> GetAsync(CancellationToken cancellationToken) => _name ??= await KeptAsync(cancellationToken);

    private async Task<string> KeptAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Installations.SingleOrDefaultAsync(cancellationToken) is { } kept)
        {
            return kept.Name;
        }

        context.Add(new Installation { Name = Guid.NewGuid().ToString("N")[..12] });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another pod was quicker: its name is the one.
        }

        context.ChangeTracker.Clear();
        return (await context.Installations.SingleAsync(cancellationToken)).Name;
    }
}
