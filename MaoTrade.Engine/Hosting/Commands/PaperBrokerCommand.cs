using System.CommandLine;
using System.Runtime.InteropServices;
using MaoTrade.Engine.Brokers.Paper.Server;
using Serilog;

namespace MaoTrade.Engine.Hosting.Commands;

/// <summary><c>paper-broker</c>: a broker for practice and for tests, a process of its own.</summary>
internal static class PaperBrokerCommand
{
    private const string Flags =
        """
        Runs the paper broker until it is stopped. Flags:
          --bind 127.0.0.1 --port N --data-dir DIR --accounts a,b --cash 100000
          --market random|PATH (Metastock folder or CSV file) --epic A,B --seed N --spread X --slippage X --margin-rate X
          --clock live|lockstep --speed X --time-frames 60,300,3600 (empty = any multiple of the data's)
          --ledger FILE --dedupe on|off --lookup-lag 0s
          --fault delay=50ms,lost-reply=0.1,lost-request=0.1,reject=0.02,duplicate=0.05,reorder=0.05
        """;

    public static Command Create()
    {
        var flags = new Argument<string[]>("flags") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };
        var command = new Command("paper-broker", Flags) { flags };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((result, cancellationToken) =>
            RunAsync([.. result.Tokens.Select(token => token.Value).Where(token => token != command.Name)]));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var options = PaperBrokerFlags.Parse(arguments, out var errors);
        if (errors.Count > 0)
        {
            return Faults.Report(errors);
        }

        using var stop = new CancellationTokenSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await using var log = new LoggerConfiguration()
            .WriteTo.Async(sink => sink.Console(new Logs.LogDocument("paper")))
            .CreateLogger();
        using var loggers = LoggerFactory.Create(logging => logging.AddSerilog(log));
        await using var broker = new PaperBrokerServer(options, TimeProvider.System, loggers.CreateLogger<PaperBrokerServer>());
        try
        {
            await broker.StartAsync(stop.Token);
            await broker.RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            await Console.Error.WriteLineAsync($"the paper broker cannot start: {exception.Message}");
            return ExitCode.Fault;
        }

        return ExitCode.Orderly;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }
}
