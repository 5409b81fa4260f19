using MaoApi.Hosting;

namespace MaoApi.Shared;

/// <summary>The shared store of this build, if it has one.</summary>
internal static partial class SharedStores
{
    /// <summary>How the store is made; null where none is in this build.</summary>
    public static readonly Func<SharedStoreOptions, ISharedStore>? Built = Find();

    /// <summary>The adapter of the production stack.</summary>
    static partial void AddProduction(ref Func<SharedStoreOptions, ISharedStore>? built);

    private static Func<SharedStoreOptions, ISharedStore>? Find()
    {
        Func<SharedStoreOptions, ISharedStore>? built = null;
        AddProduction(ref built);
        return built;
    }
}
