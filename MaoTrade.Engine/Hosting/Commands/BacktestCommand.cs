using System.CommandLine;
using System.Runtime.InteropServices;
using MaoTrade.Engine.Testing;
using MaoTrade.Engine.Testing.Reports;
using MaoTrade.Market.Charts.Reports;

namespace MaoTrade.Engine.Hosting.Commands;

/// <summary><c>backtest</c>: a system on recorded prices, with the live trade manager under simulated time.</summary>
internal static class BacktestCommand
{
    private const int MostShown = 50;

    public static Command Create()
    {
        var flags = new BacktestFlags();
        var command = new Command("backtest", "Tests a trading system on recorded prices");
        flags.AddTo(command);
        command.SetAction(result => Run(flags, result));
        return command;
    }

    private static int Run(BacktestFlags flags, ParseResult result)
    {
        var faults = new List<string>();
        var notes = new List<string>();
        var request = flags.Read(result, faults, notes);
        notes.ForEach(Console.Error.WriteLine);
        if (request is null)
        {
            return Faults.Report(faults);
        }

        using var stop = new CancellationTokenSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var parent = request.ProgressLines ? new ParentWatch(stop) : null;
        try
        {
            return Run(request, stop.Token);
        }
        catch (BacktestRefusedException refusal)
        {
            return Faults.Report(refusal.Faults);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.Error.WriteLine("cancelled; nothing was written");
            return ExitCode.Cancelled;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"the report cannot be written: {exception.Message}");
            return ExitCode.Fault;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static int Run(BacktestRequest request, CancellationToken cancellationToken)
    {
        var bars = request.Plan.Bars.Count;
        var progress = new BacktestProgress("testing", bars, request.ProgressLines);
        var result = Backtest.Run(request.Plan, progress, cancellationToken);
        progress.End();
        IReadOnlyList<int> differing = [];
        if (request.ResumeEverywhere)
        {
            progress = new BacktestProgress("resuming", bars, request.ProgressLines);
            differing = ResumeProof.Differing(result, progress, cancellationToken);
            progress.End();
        }

        foreach (var note in result.Notes)
        {
            Console.Error.WriteLine(note);
        }

        Write(request, result);
        if (request.ResumeEverywhere)
        {
            (request.Json ? Console.Error : Console.Out).WriteLine(Verdict(differing, bars));
        }

        return differing.Count == 0 ? ExitCode.Orderly : ExitCode.Differs;
    }

    private static void Write(BacktestRequest request, BacktestResult result)
    {
        if (request.Reports.Count > 0)
        {
            var report = ChartReport.Of(result);
            foreach (var (name, format) in request.Reports)
            {
                using var file = File.Create(name);
                ReportFile.Write(report, format, file);
            }
        }

        if (request.Json)
        {
            using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
            JsonReport.Write(result, output);
        }
        else
        {
            TextReport.Write(result, Console.Out);
        }
    }

    private static string Verdict(IReadOnlyList<int> differing, int bars) => differing.Count == 0
        ? $"resumed after each of {bars} bars: the same orders"
        : $"resumed after each of {bars} bars: other orders after {differing.Count} of them: "
            + string.Join(", ", differing.Take(MostShown)) + (differing.Count > MostShown ? ", …" : "");
}
