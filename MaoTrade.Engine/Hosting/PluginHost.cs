using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Plugins;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;

namespace MaoTrade.Engine.Hosting;

/// <summary>
/// Keeps the catalogue of systems: loads the plug-ins that <c>engine.json</c> lists before trading begins, looks every few
/// seconds whether list or files changed, and then gives the trade loop the new catalogue.
/// </summary>
public sealed partial class PluginHost(
    EngineSettings settings, SystemCatalogs catalogs, TradeInbox inbox, TimeProvider time, ILogger<PluginHost> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    private readonly PluginFolder _folder = new(Path.Combine(settings.Options.AccountFolder, "plugins"));
    private PluginSet _set = PluginSet.None;
    private IReadOnlyList<PluginEntry> _entries = [.. settings.Config.Plugins.Select(plugin => new PluginEntry(plugin.File, plugin.Sha256))];
    private string _fingerprint = "";

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            _entries = settings.ReadPlugins() ?? _entries;
            if (await LoadAsync(stoppingToken))
            {
                await inbox.PostAsync(new CatalogInput(catalogs.Current), stoppingToken);
            }
        }
    }

    /// <summary>Loads what is listed, if it is not what is loaded.</summary>
    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var fingerprint = _folder.Fingerprint(_entries);
        if (fingerprint == _fingerprint)
        {
            return false;
        }

        var before = _set.Assemblies;
        _set = await _folder.LoadAsync(_entries, cancellationToken);
        _fingerprint = fingerprint;
        catalogs.Take(_set.Catalog);
        foreach (var fault in _set.Faults)
        {
            Refused(fault);
        }

        Loaded(_set.Assemblies.Count, string.Join(", ", _set.Assemblies.Select(assembly => assembly.File)));
        foreach (var assembly in before)
        {
            assembly.Unload();
        }

        return true;
    }

    [LoggerMessage(2040, LogLevel.Error, "{Fault}: it is left out, the others load")]
    private partial void Refused(string fault);

    [LoggerMessage(2041, LogLevel.Information, "{Count} plug-ins loaded: {Files}")]
    private partial void Loaded(int count, string files);
}
