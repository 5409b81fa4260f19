using System.CommandLine;

namespace MaoApi.Commands;

/// <summary>Options several verbs share: one instance each, so that a verb finds its value by it.</summary>
internal static class CommonOptions
{
    public const string DefaultDataDir = "data";

    public static readonly Option<string?> Url = new("--url")
    {
        Description = "address of the gateway (MAO_URL; else that of first-run.json in the data folder)",
    };

    public static readonly Option<string?> TokenFile = new("--token-file")
    {
        Description = "file with an access token (MAO_TOKEN_FILE; else the log-in of first-run.json in the data folder)",
    };

    public static readonly Option<string?> Account = new("--account") { Description = "account, where there are several" };

    public static readonly Option<string?> DataDir = new("--data-dir") { Description = "the gateway's data folder (MAO_DATA_DIR, default data)" };

    public static readonly Option<bool> Json = new("--json") { Description = "print the data as JSON instead of a table" };

    /// <summary>For verbs that call the gateway.</summary>
    public static readonly IReadOnlyList<Option> OfRest = [Url, TokenFile, DataDir, Account, Json];

    /// <summary>For verbs that work on the data folder of this machine.</summary>
    public static readonly IReadOnlyList<Option> OfFolder = [DataDir, Json];
}
