using System.CommandLine;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Monitoring;

namespace MaoTrade.Engine.Hosting.Commands;

/// <summary><c>run</c>: trades the account until it is stopped.</summary>
internal static partial class RunCommand
{
    public static Command Create()
    {
        var flags = new EngineFlags();
        var command = new Command("run", "Trades one account until it is stopped (SIGTERM)");
        flags.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(flags, result));
        return command;
    }

    private static async Task<int> RunAsync(EngineFlags flags, ParseResult result)
    {
        var faults = new List<string>();
        var said = new List<string>();
        var options = flags.ReadOptions(result, faults);
        using var signals = new StopSignals(options.Supervised);
        if (await GatewaySettings.ReadAsync(options, Environment.GetEnvironmentVariable, faults, said.Add, TimeProvider.System, signals.Stop) is not { } settings)
        {
            return Faults.Report(faults);
        }

        AccountLease? taken;
        try
        {
            taken = AccountLease.TryTake(settings.Options.AccountFolder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A disk may have room again at the next try; rights do not come by themselves.
            await Console.Error.WriteLineAsync($"data-dir: {fault.Message}");
            return fault is IOException ? ExitCode.Fault : ExitCode.Configuration;
        }

        using var lease = taken;
        if (lease is null)
        {
            await Console.Error.WriteLineAsync($"account {settings.Options.AccountId} is locked by another engine");
            return ExitCode.AccountLocked;
        }

        Steps.Pass(Step.LeaseTaken);
        var outcome = new EngineOutcome();
        await using var app = EngineHost.Build(settings, signals, outcome);
        app.Services.GetRequiredService<Logs.LogArchive>().RemoveLeftovers();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(RunCommand));
        if (settings.Options.Container.LogConfig)
        {
            said.AddRange(EffectiveSettings.Text(settings).Split('\n'));
        }

        if (settings.Options.Container.Collector is { } collector)
        {
            said.Add($"FLUENTD_HOST {collector}: the engine writes to standard output alone; Docker's log driver brings it there (fluentd-address={collector}, fluentd-async=true)");
        }

        said.ForEach(line => SettingsRead(log, line));
        try
        {
            await app.StartAsync();
            await app.WaitForShutdownAsync();
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            // It was stopped while it started.
            await app.StopAsync();
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync($"the engine cannot listen: {exception.Message}");
            return ExitCode.Fault;
        }

        return outcome.Code;
    }

    [LoggerMessage(2822, LogLevel.Information, "Start: {Line}")]
    private static partial void SettingsRead(ILogger logger, string line);
}
