using System.CommandLine;

namespace MaoTrade.Engine.Hosting.Commands;

/// <summary><c>check-config</c>: says what would run, or everything that is wrong.</summary>
internal static class CheckConfigCommand
{
    public static Command Create()
    {
        var flags = new EngineFlags();
        var command = new Command("check-config", "Checks flags, environment and configuration file; lists every fault");
        flags.AddTo(command);
        command.SetAction(result => Check(flags, result));
        return command;
    }

    private static int Check(EngineFlags flags, ParseResult result)
    {
        var faults = new List<string>();
        if (flags.Read(result, faults) is not { } settings)
        {
            return Faults.Report(faults);
        }

        var options = settings.Options;
        Console.WriteLine(
            $"""
            account      {options.AccountId}
            folder       {options.AccountFolder}
            wire         {options.Bind}:{options.Port}, {options.MaxConnections} connections
            health       {options.Bind}:{options.HealthPort}
            broker       {options.Broker} at {settings.BrokerUrl}
            time zone    {settings.Zone.Id}, daily clean {settings.Config.DailyCleanTime}
            reconcile    every {settings.Config.ReconcileSeconds} s
            trading      {(settings.Config.TradingEnabled ? "enabled" : "disabled: history only")}
            symbols      {settings.Config.Symbols.Count}, sessions {settings.Sessions.Count}
            log level    {options.LogLevel}
            """);
        return ExitCode.Orderly;
    }
}
