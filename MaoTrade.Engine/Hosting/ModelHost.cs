using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Models;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;

namespace MaoTrade.Engine.Hosting;

/// <summary>
/// Keeps the models: loads before trading begins what <c>engine.json</c> or the gateway lists, looks every few seconds at list and files and
/// every minute at the gateway, and gives the trade loop what changed. A model that cannot be loaded leaves the one in use where it is.
/// </summary>
internal sealed partial class ModelHost : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan GatewayPeriod = TimeSpan.FromSeconds(60);

    /// <summary>Longest wait of a start for files of the gateway.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly EngineSettings _settings;
    private readonly SystemCatalogs _catalogs;
    private readonly TradeInbox _inbox;
    private readonly TimeProvider _time;
    private readonly ILogger<ModelHost> _logger;
    private readonly GatewayClient? _client;
    private readonly ModelFolder _folder;
    private readonly ModelShelf? _shelf;
    private GatewayAccount? _account;
    private string? _tag;
    private IReadOnlyList<ModelConfig> _entries;
    private readonly IReadOnlyList<ModelConfig> _kept;
    private ModelSet _set = ModelSet.None;
    private string? _fingerprint;
    private string? _said;
    private long _asked;

    /// <summary>For the settings of a start.</summary>
    public ModelHost(
        EngineSettings settings, SystemCatalogs catalogs, TradeInbox inbox, TimeProvider time, ILogger<ModelHost> logger, IEnumerable<GatewayClient> clients)
    {
        (_settings, _catalogs, _inbox, _time, _logger) = (settings, catalogs, inbox, time, logger);
        var path = Path.Combine(settings.Options.AccountFolder, "models");
        _client = clients.FirstOrDefault();
        _folder = new ModelFolder(path);
        _shelf = _client is null ? null : new ModelShelf(_client, path);
        _account = settings.Account;
        _entries = settings.Config.Models;
        _kept = KeptModels.Read(path);
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // What was in use last stands in for what cannot be loaded now.
        _set = _folder.Load(_kept, ModelSet.None);
        _asked = _time.GetTimestamp();
        await FillSoonAsync(cancellationToken);
        Load();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    /// <summary>One look.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_client is not null && _time.GetElapsedTime(_asked) >= GatewayPeriod)
        {
            _asked = _time.GetTimestamp();
            await AskAsync(_client, cancellationToken);
            await FillAsync(cancellationToken);
        }

        _entries = _settings.ReadModels(_account) ?? _entries;
        if (Load())
        {
            await _inbox.PostAsync(new CatalogInput(_catalogs.Current), cancellationToken);
        }
    }

    private async Task AskAsync(GatewayClient client, CancellationToken cancellationToken)
    {
        try
        {
            if (await client.GetConfigAsync(_tag, cancellationToken) is { } fresh)
            {
                (_tag, _account) = (fresh.Tag, fresh.Account);
            }
        }
        catch (GatewayException fault)
        {
            Say($"the gateway does not tell the models in use: {fault.Message}");
        }
    }

    /// <summary>The gateway does not hold a start up: what is not there in time comes later.</summary>
    private async Task FillSoonAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await FillAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Say($"the gateway did not send the models within {Patience.TotalSeconds} s");
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (_shelf is { } shelf && _account?.Models is { Count: > 0 } models)
        {
            await shelf.FillAsync(models, Say, cancellationToken);
        }
    }

    /// <summary>Loads what is listed, if it is not what is loaded; says whether anything changed.</summary>
    private bool Load()
    {
        var isAllowed = _account?.AllowsModels ?? true;
        var fingerprint = $"{isAllowed}\n{_folder.Fingerprint(_entries)}";
        if (fingerprint == _fingerprint)
        {
            return false;
        }

        _fingerprint = fingerprint;
        var set = _folder.Load(_entries, _set);
        _set = set.With(isAllowed);
        _catalogs.Take(_set);
        foreach (var (name, fault) in _set.Faults)
        {
            Refused(name, fault);
        }

        Loaded(string.Join(", ", _set.Files.Select(file => $"{file.Model.Name} {file.Model.Version}")), isAllowed);
        Keep();
        return true;
    }

    private void Keep()
    {
        try
        {
            KeptModels.Write(Path.Combine(_settings.Options.AccountFolder, "models"), _set);
            _shelf?.Clear(_entries, _set);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Say($"the list of models in use cannot be kept: {fault.Message}");
        }
    }

    /// <summary>The same trouble is told once.</summary>
    private void Say(string text)
    {
        if (text != _said)
        {
            _said = text;
            Trouble(text);
        }
    }

    [LoggerMessage(2042, LogLevel.Error, "Model {Name} cannot be used: {Fault}; the one in use stays, the others load")]
    private partial void Refused(string name, string fault);

    [LoggerMessage(2043, LogLevel.Information, "Models in use: {Models}; allowed: {Allowed}")]
    private partial void Loaded(string models, bool allowed);

    [LoggerMessage(2044, LogLevel.Warning, "Models: {Text}")]
    private partial void Trouble(string text);
}
