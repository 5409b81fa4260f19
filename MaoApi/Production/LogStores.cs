using MaoApi.Hosting;
using MaoApi.Production;

// The other half of the class is in every build.
namespace MaoApi.Logs;

internal static partial class LogStores
{
    static partial void AddProduction(Dictionary<string, Func<LogStoreOptions, DataFolder, TimeProvider, ILogStore>> built) =>
        built[MongoDb] = (options, _, time) => new MongoLogStore(options, time);

    static partial void CheckProduction(LogStoreOptions options, Action<string> fault)
    {
        // Never repeated in the message: it may hold the password.
        if (options is { Store: MongoDb, MongoUri: not null } && !MongoLogStore.CanRead(options))
        {
            fault("MONGODB_URI: the driver cannot read it; with a password it names a user, mongodb://user@host:port/database");
        }
    }
}
