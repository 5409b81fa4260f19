using MaoApi.Data;
using MaoApi.Engines;
using MaoApi.Pods;

namespace MaoApi.Hosting;

/// <summary>The life of the process: take the data folder, migrate, listen, start the engines; at the end all of it backwards.</summary>
internal static class MainJob
{
    private static readonly TimeSpan TradingTimeout = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(GatewayOptions options)
    {
        using var signals = new StopSignals();
        try
        {
            using var folder = DataFolder.Open(options.DataDir, options.Roles, options.Instance);
            await using var app = GatewayApplication.Build(options, folder);
            return await RunAsync(app, options, folder, signals.Token);
        }
        catch (DataFolderLockedException locked)
        {
            await Console.Error.WriteLineAsync(locked.Message);
            return ExitCodes.Locked;
        }
        catch (NewerSchemaException newer)
        {
            await Console.Error.WriteLineAsync(newer.Message);
            return ExitCodes.Usage;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return ExitCodes.Orderly;
        }
        catch (Exception fault)
        {
            await Console.Error.WriteLineAsync($"The gateway failed: {fault.Message}");
            return ExitCodes.Fault;
        }
    }

    private static async Task<int> RunAsync(WebApplication app, GatewayOptions options, DataFolder folder, CancellationToken stopping)
    {
        var firstRun = app.Services.GetRequiredService<FirstRun>();
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(stopping);
        if (options.ServesDemo)
        {
            await firstRun.EnsureAsync(stopping);
        }
        else if (options.Roles.HasFlag(GatewayRoles.Api) && await firstRun.HasDemoAsync(stopping))
        {
            await Console.Error.WriteLineAsync($"This gateway has demo users: it listens on {options.Bind} only with --allow-demo.");
            return ExitCodes.Usage;
        }

        if (await app.Services.GetRequiredService<NamedEngines>().TakeInAsync(stopping) is { Count: > 0 } faults)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, faults));
            return ExitCodes.Usage;
        }

        if (options.Roles.HasFlag(GatewayRoles.Pod))
        {
            await app.Services.GetRequiredService<PodFleet>().ForgetEndsAsync(stopping);
        }

        if (await ListenAsync(app, options) is { } failure)
        {
            await Console.Error.WriteLineAsync(failure);
            return ExitCodes.Fault;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var fleet = options.Roles.HasFlag(GatewayRoles.Pod)
            ? app.Services.GetRequiredService<PodFleet>().RunAsync(options.KeepEngines, ending.Token)
            : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ending.Token);
        try
        {
            await WelcomeAsync(app, options, folder, firstRun, stopping);

            // Runs as long as nobody stops it; should it end otherwise, the process does.
            await fleet.WaitAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The orderly end.
        }
        finally
        {
            app.Services.GetRequiredService<Readiness>().Close();
            if (options.Roles.HasFlag(GatewayRoles.Api))
            {
                // Balancers look every few seconds: what they send until then is still answered.
                await Task.Delay(options.Http.DrainNotice, TimeProvider.System, CancellationToken.None);
            }

            await app.StopAsync(CancellationToken.None);
            await ending.CancelAsync();
            await fleet.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return ExitCodes.Orderly;
    }

    /// <summary>Opens the port, where this process has one, and starts what works beside it. Returns why that cannot be.</summary>
    private static async Task<string?> ListenAsync(WebApplication app, GatewayOptions options)
    {
        try
        {
            await app.StartAsync(CancellationToken.None);
            return null;
        }
        catch (IOException fault)
        {
            return $"Cannot listen on {options.Bind} port {options.Port}: {fault.Message}";
        }
    }

    private static async Task WelcomeAsync(
        WebApplication app, GatewayOptions options, DataFolder folder, FirstRun firstRun, CancellationToken stopping)
    {
        var url = options.Roles.HasFlag(GatewayRoles.Api) ? app.Address() : null;
        await firstRun.UpdateAsync(url, stopping);
        var watch = app.Services.GetRequiredService<TradingWatch>();
        var notTrading = options.Roles.HasFlag(GatewayRoles.Pod) ? await watch.WaitAsync(TradingTimeout, stopping) : [];
        var file = await firstRun.UpdateAsync(url, stopping);
        app.Services.GetRequiredService<Readiness>().Open();
        if (url is not null)
        {
            await Console.Out.WriteLineAsync(Welcome.Text(url, file, notTrading, folder, TimeProvider.System.GetUtcNow()));
        }
    }
}
