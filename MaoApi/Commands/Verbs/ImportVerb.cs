using System.CommandLine;
using MaoApi.Commands.Output;
using MaoApi.MarketData;
using MaoApi.MarketData.Import;
using MaoTrade.Market.Metastock;

namespace MaoApi.Commands.Verbs;

/// <summary>Market history from files into the store.</summary>
internal static class ImportVerb
{
    /// <summary>A person reads the first ones; all that are kept are in the JSON.</summary>
    private const int FaultsShown = 20;

    private static readonly Argument<string> Folder = new("dir") { Description = "folder with MASTER, EMASTER or XMASTER and their data files" };
    private static readonly Argument<string> File = new("file") { Description = "CSV file: date or time, open, high, low, close, and volume where there is one" };
    private static readonly Option<string?> Symbol = new("--symbol") { Description = "symbol of the ticker; default the file's name" };
    private static readonly Option<string?> Name = new("--name") { Description = "name of the ticker" };
    private static readonly Option<string?> Market = new("--market") { Description = "where it is traded" };
    private static readonly Option<string?> Currency = new("--currency") { Description = "what it is quoted in, three letters" };
    private static readonly Option<int?> TimeFrame = new("--time-frame") { Description = "seconds of a bar; default the step most lines are apart" };
    private static readonly Option<string?> Epic = new("--epic") { Description = "epic whose prices the ticker tells" };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("import", "Market history from files into the store of the data folder", "import metastock ./charts", "import csv ./eurusd-day.csv");
        verb.Subcommands.Add(new Verb(
                "metastock",
                "Imports a folder of Metastock files; a gateway may run. Done again, it changes only what is new or different",
                "import metastock ./charts",
                "import metastock ./charts --market MTA --currency EUR --json")
            .With([.. CommonOptions.OfFolder, Market, Currency])
            .Do(console, MetastockAsync)
            .Taking(Folder));
        verb.Subcommands.Add(new Verb(
                "csv",
                "Imports a CSV file as one ticker; a gateway may run. Done again, it changes only what is new or different",
                "import csv ./eurusd-day.csv --symbol EURUSD --name \"Euro / US dollar\" --market FX --epic EURUSD",
                "import csv ./eurusd-hour.csv --symbol EURUSD --time-frame 3600 --json")
            .With([.. CommonOptions.OfFolder, Symbol, Name, Market, Currency, TimeFrame, Epic])
            .Do(console, CsvAsync)
            .Taking(File));
        return verb;
    }

    private static async Task<int> MetastockAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var path = run.Get(Folder);
        if (!MetastockFolder.IsAt(path))
        {
            throw new CommandException(CommandExit.Usage, $"dir: {path} is no Metastock folder: it has none of MASTER, EMASTER, XMASTER");
        }

        var (market, currency) = (run.Get(Market) ?? "", run.Get(Currency) ?? "");
        Check(new TickerForm("-", "", market, currency));
        await using var local = await run.OpenFolderAsync(cancellationToken);
        var folder = MetastockFolder.Open(path);
        using var progress = new CommandProgress(run.Console, "importing");
        var report = await local.Get<MetastockImport>().RunAsync(
            folder, market, currency, (done, symbol) => progress.Show((double)done / folder.Instruments.Count, symbol), cancellationToken);
        return Show(run, report);
    }

    private static async Task<int> CsvAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var path = run.Get(File);
        if (!System.IO.File.Exists(path))
        {
            throw new CommandException(CommandExit.Usage, $"file: {path} is not there");
        }

        var form = new TickerForm(
            run.Get(Symbol) ?? Path.GetFileNameWithoutExtension(path), run.Get(Name) ?? "", run.Get(Market) ?? "", run.Get(Currency) ?? "");
        Check(form);
        if (run.Get(TimeFrame) is { } seconds && !TimeFrames.IsValid(seconds))
        {
            throw new CommandException(CommandExit.Usage, $"--time-frame: {seconds} is not 1 to {TimeFrames.Longest}");
        }

        await using var local = await run.OpenFolderAsync(cancellationToken);
        var report = new ImportReport();
        int? ticker;
        using (var progress = new CommandProgress(run.Console, "importing"))
        {
            ticker = await local.Get<CsvImport>().RunAsync(
                path, form, run.Get(TimeFrame), report, part => progress.Show(part, form.Symbol), cancellationToken);
        }

        if (ticker is { } key && run.Get(Epic) is { } epic && !await local.Get<TickerBook>().LinkAsync(epic, key, cancellationToken))
        {
            throw new CommandException(CommandExit.Refused, $"--epic: there is no epic {epic}; the bars were imported");
        }

        return Show(run, report);
    }

    private static void Check(TickerForm form)
    {
        if (form.Fault is { } fault)
        {
            throw new CommandException(CommandExit.Usage, fault);
        }
    }

    /// <summary>A file with faulty rows is imported all the same; one of which nothing could be taken is not.</summary>
    private static int Show(CommandRun run, ImportReport report)
    {
        run.Show(
            CommandJson.Of(new { tickers = report.Series, faultCount = report.FaultCount, faults = report.Faults }),
            data => JsonCells.TableOf(data.GetProperty("tickers"), "tickerId", "symbol", "timeFrame", "added", "corrected", "unchanged"));
        if (!run.IsJson)
        {
            ShowFaults(run, report);
        }

        return report.Series.Count > 0 || report.FaultCount == 0 ? CommandExit.Ok : CommandExit.Refused;
    }

    private static void ShowFaults(CommandRun run, ImportReport report)
    {
        foreach (var fault in report.Faults.Take(FaultsShown))
        {
            run.Note(Http.LogText.Clean(fault.Row == 0 ? $"{fault.File}: {fault.Message}" : $"{fault.File}, row {fault.Row}: {fault.Message}"));
        }

        if (report.FaultCount > FaultsShown)
        {
            run.Note($"and {report.FaultCount - FaultsShown} more; --json lists them");
        }
    }
}
