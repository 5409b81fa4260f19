using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Production;

// The other half of the class is in every build.
namespace MaoTrade.Engine.Persistence;

internal static partial class StoreProviders
{
    static partial void AddProduction(Dictionary<string, Func<StoreOptions, string, StatementLog?, IStoreDatabase>> built) =>
        built[MySql] = (options, _, statements) => new MySqlStoreDatabase(options, statements);
}
