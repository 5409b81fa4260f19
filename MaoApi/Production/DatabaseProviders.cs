using MaoApi.Hosting;
using MaoApi.Production;

// The other half of the class is in every build.
namespace MaoApi.Data;

internal static partial class DatabaseProviders
{
    static partial void AddProduction(Dictionary<string, Func<DatabaseOptions, DataFolder, IDatabaseProvider>> built) =>
        built[MySql] = (options, _) => new MySqlDatabase(options);
}
