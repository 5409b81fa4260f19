using MaoApi.Hosting;
using MaoApi.Production;

// The other half of the class is in every build.
namespace MaoApi.Logs;

internal static partial class LogStores
{
    static partial void AddProduction(Dictionary<string, Func<LogStoreOptions, DataFolder, TimeProvider, ILogStore>> built) =>
        built[MongoDb] = (options, _, time) => new MongoLogStore(options, time);
}
