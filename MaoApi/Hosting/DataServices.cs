using MaoApi.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MaoApi.Hosting;

/// <summary>The databases.</summary>
internal static class DataServices
{
    public static void Add(IServiceCollection services, DataFolder folder)
    {
        services.AddPooledDbContextFactory<MaoHomeContext>(database => database
            .UseSqlite($"Data Source={folder.Database};Foreign Keys=True")
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        services.AddSingleton<MaoHomeMigrator>();
    }
}
