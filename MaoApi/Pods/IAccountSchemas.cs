namespace MaoApi.Pods;

/// <summary>A database server on which accounts' schemas are made.</summary>
internal interface IAccountSchemas
{
    /// <summary>Makes a schema and a user who may do nothing outside it, with this password. What is there stays; the user's password and rights are set again.</summary>
    /// <param name="schema">1 to 44 letters, digits and _.</param>
    /// <param name="user">1 to 32 letters, digits and _.</param>
    /// <param name="password">Letters and digits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PodDriverException">The server does not answer, or refuses it.</exception>
    Task EnsureAsync(string schema, string user, string password, CancellationToken cancellationToken);
}
