using MaoApi.Hosting;
using MaoApi.Production;

// The other half of the class is in every build.
namespace MaoApi.Shared;

internal static partial class SharedStores
{
    static partial void AddProduction(ref Func<SharedStoreOptions, ISharedStore>? built) => built = options => new RedisStore(options);
}
