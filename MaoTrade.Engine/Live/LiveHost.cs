namespace MaoTrade.Engine.Live;

/// <summary>Runs the live loop as long as the engine.</summary>
public sealed partial class LiveHost(LiveFeed feed, ILogger<LiveHost> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await feed.RunAsync(Failed, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The engine stops.
        }
    }

    [LoggerMessage(2810, LogLevel.Error, "Live changes failed: every subscription is ended and may begin anew")]
    private partial void Failed(Exception exception);
}
