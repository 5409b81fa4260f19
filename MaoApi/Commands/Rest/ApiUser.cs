namespace MaoApi.Commands.Rest;

/// <summary>Whose log-in of <c>first-run.json</c> a verb takes where no token was given.</summary>
internal enum ApiUser
{
    /// <summary>The one who trades.</summary>
    Trader,

    /// <summary>The administrator.</summary>
    Administrator,
}
