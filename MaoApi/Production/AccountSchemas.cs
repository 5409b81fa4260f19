using MaoApi.Production;

// The other half of the class is in every build.
namespace MaoApi.Pods;

internal static partial class AccountSchemas
{
    static partial void AddProduction(ref Func<EngineDatabaseOptions, IAccountSchemas>? built) => built = options => new MySqlAccountSchemas(options);
}
