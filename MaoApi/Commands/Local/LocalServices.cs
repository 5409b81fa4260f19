using MaoApi.Data;
using MaoApi.Hosting;

namespace MaoApi.Commands.Local;

/// <summary>The gateway's parts over a data folder of this machine, without a web host and beside a gateway that may run.</summary>
internal sealed class LocalServices : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LocalServices(ServiceProvider services) => _services = services;

    /// <summary>Opens a folder a gateway has made, with the databases of the settings.</summary>
    /// <exception cref="CommandException">There are none, or the settings are wrong.</exception>
    public static async Task<LocalServices> OpenAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var local = Of(run, DataFolder.Beside(run.DataDir));
        try
        {
            return await local.Get<IDatabaseProvider>().FindMissingAsync(DatabaseName.MaoHome, cancellationToken) is { } missing
                ? throw new CommandException(CommandExit.Unreachable, missing)
                : local;
        }
        catch
        {
            await local.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same over a folder that is held.</summary>
    public static LocalServices Of(CommandRun run, DataFolder folder)
    {
        var options = CommandLine.ReadEnvironment(run.Console.Environment, out var faults) with { DataDir = run.DataDir };
        if (faults.Count > 0)
        {
            throw new CommandException(CommandExit.Usage, faults);
        }

        var services = new ServiceCollection();
        services.AddLogging();
        GatewayServices.Add(services, options, folder);
        services.AddSingleton(run.Console.Time);
        return new LocalServices(services.BuildServiceProvider());
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
