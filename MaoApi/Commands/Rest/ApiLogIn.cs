using System.Text.Json;
using MaoApi.Hosting;

namespace MaoApi.Commands.Rest;

/// <summary>
/// The way to a gateway: a token from a file, or else the log-in that <c>first-run.json</c> of this machine's data folder holds. That
/// log-in goes to the address in the same file and to no other.
/// </summary>
internal static class ApiLogIn
{
    private const string DefaultUrl = "http://127.0.0.1:8000";

    public static async Task<ApiClient> ConnectAsync(CommandRun run, ApiUser user, CancellationToken cancellationToken)
    {
        var file = ReadFirstRun(run.DataDir);
        var url = UrlOf(run, file);
        var client = new ApiClient(url, run.Console.Time);
        try
        {
            if (run.Text(CommonOptions.TokenFile, "MAO_TOKEN_FILE") is { } path)
            {
                client.UseToken(ReadToken(path));
            }
            else if (file is { Url.Length: > 0 } && Uri.Compare(url, new Uri(file.Url), UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0)
            {
                var isAdministrator = user == ApiUser.Administrator;
                await client.LogInAsync(
                    isAdministrator ? file.AdminUser : file.User, isAdministrator ? file.AdminPassword : file.Password, cancellationToken);
            }
            else
            {
                throw new CommandException(
                    CommandExit.Usage,
                    $"no log-in for {url}: name a file with a token by --token-file or MAO_TOKEN_FILE",
                    $"({Path.Combine(run.DataDir, "first-run.json")} {(file is null ? "is not there" : $"is for {file.Url}")})");
            }

            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>The gateway's address without a log-in.</summary>
    public static Uri UrlOf(CommandRun run) => UrlOf(run, ReadFirstRun(run.DataDir));

    /// <summary>What a first start left in the data folder; null where there is nothing, or it cannot be read.</summary>
    public static FirstRunFile? ReadFirstRun(string dataDir)
    {
        try
        {
            return FirstRunFile.Read(Path.Combine(dataDir, "first-run.json"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static Uri UrlOf(CommandRun run, FirstRunFile? file)
    {
        var text = run.Text(CommonOptions.Url, "MAO_URL") ?? (file is { Url.Length: > 0 } ? file.Url : DefaultUrl);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new CommandException(CommandExit.Usage, $"--url: '{text}' is not an address of http or https");
    }

    private static string ReadToken(string path)
    {
        try
        {
            var token = File.ReadAllText(path).Trim();
            return token.Length > 0 && !token.Any(char.IsWhiteSpace) && token.All(char.IsAscii)
                ? token
                : throw new CommandException(CommandExit.Usage, $"--token-file: {path} holds no token");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(CommandExit.Usage, $"--token-file: {fault.Message}");
        }
    }
}
