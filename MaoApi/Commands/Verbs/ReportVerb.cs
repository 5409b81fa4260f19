using System.CommandLine;
using System.Globalization;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;

namespace MaoApi.Commands.Verbs;

/// <summary>Reports to look at, as files.</summary>
internal static class ReportVerb
{
    private static readonly Option<string?> Format = new("--format") { Description = "html, svg or png; default by the end of --out, else html" };
    private static readonly Option<string?> Out = new("--out", "-o") { Description = "file; default the name the gateway gives" };
    private static readonly Option<string?> Period = new("--period") { Description = "1d, 7d, 30d, 90d or 1y; default 30d" };
    private static readonly Option<string?> System = new("--system") { Description = "only trades of this trading system" };
    private static readonly Option<string?> SignalId = new("--signal") { Description = "only trades of this signal" };
    private static readonly Option<int?> TimeFrame = new("--time-frame") { Description = "seconds of a bar; default 86400" };
    private static readonly Option<string?> From = new("--from") { Description = "first moment, ISO-8601" };
    private static readonly Option<string?> To = new("--to") { Description = "last moment, ISO-8601" };
    private static readonly Option<string?> Indicators = new("--indicators") { Description = "such as sma:20,rsi:14" };
    private static readonly Argument<int> TickerId = new("ticker") { Description = "id of the ticker" };
    private static readonly Argument<string> JobId = new("job") { Description = "id of the system test's job" };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("report", "Writes reports with charts: html, svg or png", "report account --account demo1 --out month.html");
        verb.Subcommands.Add(new Verb(
                "account", "Equity, drawdown, days and trades of an account",
                "report account --account demo1 --period 90d --out quarter.png", "report account --account demo1 --format html")
            .With([.. CommonOptions.OfRest, Period, System, SignalId, Format, Out]).Do(console, AccountAsync));
        var ticker = new Verb(
                "ticker", "Candles of a ticker with indicators",
                "report ticker 17 --indicators sma:20,rsi:14 --from 2026-01-01T00:00:00Z --out eurusd.svg")
            .With([.. CommonOptions.OfRest, TimeFrame, From, To, Indicators, Format, Out]).Do(console, TickerAsync);
        ticker.Arguments.Add(TickerId);
        verb.Subcommands.Add(ticker);
        var backtest = new Verb("backtest", "A system test that is done", "report backtest JOB --account demo1 --out test.html")
            .With([.. CommonOptions.OfRest, Format, Out]).Do(console, BacktestAsync);
        backtest.Arguments.Add(JobId);
        verb.Subcommands.Add(backtest);
        return verb;
    }

    private static Task AccountAsync(CommandRun run, CancellationToken cancellationToken) => WriteAsync(
        run,
        ApiPath.Of(
            "/clientmt/report", ("accountId", run.Account), ("period", run.Get(Period) ?? "30d"), ("system", run.Get(System)), ("signalId", run.Get(SignalId)),
            ("format", FormatOf(run))),
        cancellationToken);

    private static Task TickerAsync(CommandRun run, CancellationToken cancellationToken) => WriteAsync(
        run,
        ApiPath.Of(
            string.Create(CultureInfo.InvariantCulture, $"/client/ticker/{run.Get(TickerId)}/report"),
            ("timeFrame", (run.Get(TimeFrame) ?? 86_400).ToString(CultureInfo.InvariantCulture)), ("from", run.Get(From)), ("to", run.Get(To)),
            ("indicators", run.Get(Indicators)), ("format", FormatOf(run))),
        cancellationToken);

    private static Task BacktestAsync(CommandRun run, CancellationToken cancellationToken) => WriteAsync(
        run,
        ApiPath.Of(
            $"/clientmt/backtest/{Uri.EscapeDataString(run.Get(JobId))}/report", ("accountId", run.Account), ("format", FormatOf(run))),
        cancellationToken);

    private static async Task WriteAsync(CommandRun run, string path, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Trader, cancellationToken);
        var (file, size) = await FileDownload.RunAsync(api, path, run.Get(Out), cancellationToken);
        run.Show(CommandJson.Of(new { file, size }), data => JsonCells.SheetOf(data, "file", "size"));
    }

    private static string FormatOf(CommandRun run) =>
        run.Get(Format) ?? (Path.GetExtension(run.Get(Out) ?? "") is ".svg" or ".png" ? Path.GetExtension(run.Get(Out)!)[1..] : "html");
}
