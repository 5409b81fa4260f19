using System.Security.Cryptography;
using MaoApi.Hosting;

namespace MaoApi.Pods;

/// <summary>
/// What an engine is told about its database. Its password is a file that the engine alone reads, and no variable: those are shown by
/// <c>docker inspect</c>.
/// </summary>
internal sealed class EngineDatabases
{
    private const int PasswordLength = 40;

    private readonly EngineDatabaseOptions _options;
    private readonly DataFolder _folder;
    private readonly IAccountSchemas? _schemas;

    public EngineDatabases(PodOptions options, DataFolder folder)
        : this(options.Database, folder, options.Database.AdminUser is null ? null : AccountSchemas.Built?.Invoke(options.Database))
    {
    }

    internal EngineDatabases(EngineDatabaseOptions options, DataFolder folder, IAccountSchemas? schemas) =>
        (_options, _folder, _schemas) = (options, folder, schemas);

    /// <summary>Makes the account's schema and user where that is the pod's to do.</summary>
    /// <returns>Variables of the engine, and the file of its password as it lies here; null = it keeps a file of its own.</returns>
    /// <exception cref="PodDriverException">There is no password for it, or its schema could not be made.</exception>
    public async Task<EngineDatabase> OfAsync(string accountId, PodPlace place, CancellationToken cancellationToken)
    {
        if (!_options.IsServer)
        {
            // Processes of this machine have this one's variables, which are about the gateway's own databases.
            return new EngineDatabase(place.IsHere ? EngineDatabase.File : EngineDatabase.Unsaid, null);
        }

        var file = _options.PasswordsDir is { } given ? Given(given, accountId) : await MakeAsync(accountId, cancellationToken);
        var variables = new Dictionary<string, string>(place.IsHere ? EngineDatabase.File : EngineDatabase.Unsaid, StringComparer.Ordinal)
        {
            ["DB_PROVIDER"] = _options.Provider,
            ["DB_HOSTNAME"] = _options.Host,
            ["DB_PORT"] = _options.Port.ToString(),
            ["DB_NAME"] = PodNames.SchemaOf(accountId),
            ["DB_USER"] = PodNames.SchemaUserOf(accountId),
            ["DB_PASSWORD_FILE"] = place.Seen(file),
        };
        if (_options.Pool is { } pool)
        {
            variables["DB_POOL"] = pool.ToString();
        }

        return new EngineDatabase(variables, file);
    }

    /// <summary>The file an operator has put there, with the password of a user an operator has made.</summary>
    private static string Given(string folder, string accountId)
    {
        var file = Path.Combine(folder, "mysql-mt-" + accountId);
        try
        {
            return File.ReadAllText(file).Trim().Length > 0 ? file : throw PodDriverException.Refused($"{file} is empty: {Wanted()}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw PodDriverException.Refused($"{file} cannot be read ({fault.Message}): {Wanted()}");
        }

        string Wanted() => $"the password of the database user {PodNames.SchemaUserOf(accountId)} is expected.";
    }

    private async Task<string> MakeAsync(string accountId, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder.Account(accountId));
        var file = Path.Combine(_folder.Account(accountId), "database.key");
        if (!File.Exists(file))
        {
            PrivateFile.Write(file, RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", PasswordLength));
        }

        var password = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
        if (password.Length != PasswordLength || !password.All(char.IsAsciiLetterOrDigit))
        {
            // Never a user with the empty password of a file that was cut, nor words of somebody else's in a statement.
            throw PodDriverException.Refused($"{file} is damaged: {PasswordLength} letters and digits are expected. Without the file a new password is made.");
        }

        await _schemas!.EnsureAsync(PodNames.SchemaOf(accountId), PodNames.SchemaUserOf(accountId), password, cancellationToken);
        return file;
    }
}
