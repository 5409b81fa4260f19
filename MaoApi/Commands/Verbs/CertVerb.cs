using System.CommandLine;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MaoApi.Commands.Output;
using MaoApi.Engines.Certificates;

namespace MaoApi.Commands.Verbs;

/// <summary>The certificates gateway and engines prove themselves with off the loopback address.</summary>
internal static partial class CertVerb
{
    private static readonly Option<string> Folder = new("--out") { Description = "folder they are made in, for its owner alone", Required = true };
    private static readonly Option<string[]> Accounts = new("--account") { Description = "account whose engine gets one, again for more", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Days = new("--days") { Description = "days new ones are good, 1 to 825", DefaultValueFactory = _ => 365 };
    private static readonly Option<bool> Renew = new("--renew") { Description = "makes those of gateway and engines anew though they are good" };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("cert", "The certificates of gateway and engines, for engines in containers and on other machines", "cert make --out secrets --account demo1");
        verb.Subcommands.Add(new Verb(
                "make",
                "Makes an authority (ca), the gateway's certificate (clients only) and one for each engine (servers only, named by account); what is good stays",
                "cert make --out secrets --account demo1 --account demo2",
                "cert make --out secrets --account demo1 --days 90 --renew --json")
            .With(Folder, Accounts, Days, Renew, CommonOptions.Json)
            .Do(console, Make));
        return verb;
    }

    private static Task Make(CommandRun run, CancellationToken cancellationToken)
    {
        var accounts = run.Get(Accounts) ?? [];
        var faults = accounts.Where(account => !AccountId().IsMatch(account))
            .Select(account => $"--account: 1 to 40 of a–z, 0–9 and _ are expected, not '{account}' (invalid)").ToList();
        if (run.Get(Days) is < 1 or > 825)
        {
            faults.Add($"--days: 1 to 825 are expected, not {run.Get(Days)} (range)");
        }

        if (faults.Count > 0)
        {
            throw new CommandException(CommandExit.Usage, faults);
        }

        try
        {
            var made = new CertificateMaker(run.Get(Folder)!, run.Console.Time).Make(accounts, run.Get(Days), run.Get(Renew));
            run.Show(
                CommandJson.Of(new { items = made.Select(one => new { file = one.File, subject = one.Subject, ends = one.Ends, isNew = one.IsNew }) }),
                data => JsonCells.TableOf(data.GetProperty("items"), "file", "subject", "ends", "isNew"));
            return Task.CompletedTask;
        }
        catch (CryptographicException fault)
        {
            throw new CommandException(CommandExit.Refused, $"--out: {fault.Message}");
        }
    }

    [GeneratedRegex("^[a-z0-9_]{1,40}$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex AccountId();
}
