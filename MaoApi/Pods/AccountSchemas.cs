namespace MaoApi.Pods;

/// <summary>How accounts' schemas are made in this build, if it can.</summary>
internal static partial class AccountSchemas
{
    /// <summary>How the maker of schemas is made; null where none is in this build.</summary>
    public static readonly Func<EngineDatabaseOptions, IAccountSchemas>? Built = Find();

    /// <summary>The adapter of the production stack.</summary>
    static partial void AddProduction(ref Func<EngineDatabaseOptions, IAccountSchemas>? built);

    private static Func<EngineDatabaseOptions, IAccountSchemas>? Find()
    {
        Func<EngineDatabaseOptions, IAccountSchemas>? built = null;
        AddProduction(ref built);
        return built;
    }
}
