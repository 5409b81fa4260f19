using MaoApi.Production;

// The other half of the class is in every build.
namespace MaoApi.Auth.Firebase;

internal static partial class FirebaseVerifiers
{
    static partial void AddProduction(Dictionary<string, Func<IServiceProvider, ITokenSource>> built) =>
        built[Admin] = services => ActivatorUtilities.CreateInstance<FirebaseAdminTokens>(services);
}
