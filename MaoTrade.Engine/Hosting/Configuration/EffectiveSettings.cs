namespace MaoTrade.Engine.Hosting.Configuration;

/// <summary>The settings an engine runs with, for people; no secret is among them.</summary>
internal static class EffectiveSettings
{
    public static string Text(EngineSettings settings)
    {
        var options = settings.Options;
        return
            $"""
            account      {options.AccountId}
            folder       {options.AccountFolder}
            database     {options.Store}
            wire         {options.Bind}:{options.Port}, {options.MaxConnections} connections, {(settings.Wire is null ? "plain" : "TLS with certificates of both sides")}
            health       {options.Bind}:{options.HealthPort}
            broker       {options.Broker} at {settings.BrokerUrl}
            time zone    {settings.Zone.Id}, daily clean {settings.Config.DailyCleanTime}
            reconcile    every {settings.Config.ReconcileSeconds} s
            trading      {(settings.Config.TradingEnabled ? "enabled" : "disabled: history only")}
            symbols      {settings.Config.Symbols.Count}, sessions {settings.Sessions.Count}
            log level    {options.LogLevel}, on standard output {options.Container.OutputLevel ?? options.LogLevel}
            statements   {options.Container.Statements} in the log
            """;
    }
}
