using System.Collections.Frozen;

namespace MaoApi.Auth.Firebase;

/// <summary>The ways ID tokens of Firebase are verified, and those of this build.</summary>
internal static partial class FirebaseVerifiers
{
    /// <summary>By the keys Google publishes.</summary>
    public const string Keys = "keys";

    /// <summary>By FirebaseAdmin, which asks Firebase about the user as well.</summary>
    public const string Admin = "admin";

    /// <summary>Every way, built in or not.</summary>
    public static readonly IReadOnlyList<string> Known = [Keys, Admin];

    /// <summary>The ways of this build, and how each is made.</summary>
    public static readonly FrozenDictionary<string, Func<IServiceProvider, ITokenSource>> Built = Find();

    /// <summary>The one that knows most of those in this build.</summary>
    public static string Best => Built.ContainsKey(Admin) ? Admin : Keys;

    /// <summary>The adapter of the production stack; without it there is nothing to add.</summary>
    static partial void AddProduction(Dictionary<string, Func<IServiceProvider, ITokenSource>> built);

    private static FrozenDictionary<string, Func<IServiceProvider, ITokenSource>> Find()
    {
        var built = new Dictionary<string, Func<IServiceProvider, ITokenSource>>(StringComparer.Ordinal)
        {
            [Keys] = services => services.GetRequiredService<FirebaseOptions>().IsEmulated
                ? ActivatorUtilities.CreateInstance<EmulatedTokens>(services)
                : ActivatorUtilities.CreateInstance<FirebaseTokens>(services),
        };
        AddProduction(built);
        return built.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
