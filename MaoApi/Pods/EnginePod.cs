using System.Collections.ObjectModel;
using MaoApi.Auth;
using MaoApi.Auth.Services;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Engines;
using MaoApi.Hosting;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Pods;

/// <summary>The engine of one account.</summary>
internal sealed partial class EnginePod(
    int accountKey,
    string accountId,
    IPodDriver driver,
    PaperBroker paper,
    IDbContextFactory<MaoHomeContext> contexts,
    DataFolder folder,
    EngineSettings settings,
    EngineKeys keys,
    EngineCertificates certificates,
    EngineDatabases databases,
    EngineDirectory directory,
    PodFigures figures,
    EngineGateway engines,
    EngineProbe probe,
    PodPorts ports,
    EngineNotices notices,
    GatewayAddress address,
    TimeProvider time,
    ILogger<EnginePod> logger) : ISupervised
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    public string Name { get; } = "engine " + accountId;

    public TimeSpan StopTimeout => TimeSpan.FromSeconds(8);

    public PodTrace Trace { get; } = new(
        accountId,
        Path.Combine(folder.Account(accountId), PodRecord.FileName),
        Path.Combine(folder.Account(accountId), "logs", "stdout.jsonl"));

    public async Task<PodLaunch> PrepareAsync(CancellationToken cancellationToken)
    {
        var place = await driver.PlaceAsync(accountId, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await context.Accounts.Include(row => row.Broker).Include(row => row.Pod)
            .SingleAsync(row => row.Id == accountKey, cancellationToken);
        var healthPort = await ports.AssignAsync(context, account, place, cancellationToken);
        directory.Drop();

        var brokerUrl = await paper.UrlAsync(place.PodHost, cancellationToken);
        var settingsFile = await settings.WriteAsync(account, brokerUrl, cancellationToken);
        var keyFile = await keys.IssueAsync(accountId, cancellationToken);
        var launch = EngineProgram.Launch(
            Name,
            Trace,
            "run",
            "--account-id",
            accountId,
            "--data-dir",
            place.DataDir ?? folder.Root,
            "--bind",
            place.Bind,
            "--port",
            account.EnginePort!.Value.ToString(),
            "--health-port",
            healthPort.ToString(),
            "--broker",
            account.Broker!.Code,
            "--broker-url",
            brokerUrl,
            "--config",
            place.Seen(settingsFile),
            "--supervised");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SERVICE_KEY_FILE"] = place.Seen(keyFile) };
        var files = new List<string> { settingsFile, keyFile };
        foreach (var (variable, file) in certificates.Of(accountId, place)?.Variables ?? ReadOnlyDictionary<string, string>.Empty)
        {
            environment[variable] = place.Seen(file);
            files.Add(file);
        }

        var database = await databases.OfAsync(accountId, place, cancellationToken);
        foreach (var (variable, value) in database.Variables)
        {
            environment[variable] = value;
        }

        if (database.PasswordFile is { } password)
        {
            files.Add(password);
        }

        if (address.ForEngine(place) is { } url)
        {
            environment["GATEWAY_URL"] = url.ToString();
        }

        return launch with { Environment = environment, Files = files };
    }

    public async Task<string?> IdentifyAsync(CancellationToken cancellationToken)
    {
        var (host, port) = await AddressAsync(cancellationToken);
        return (await probe.WaitAsync(accountId, host, port, state => state.InstanceId is { Length: > 0 }, cancellationToken)).InstanceId;
    }

    public async Task ReportAsync(PodReport report, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Pods.SingleOrDefaultAsync(row => row.AccountKey == accountKey, cancellationToken) is not { } pod)
        {
            // The account was deleted: its engine is being stopped.
            figures.Forget(accountId);
            directory.Drop();
            return;
        }

        if (report.PodId is { } podId && pod.PodId?.Split('/')[0] != podId.Split('/')[0])
        {
            pod.StartedAt = report.StartedAt ?? time.GetUtcNow();
        }

        pod.State = report.State;
        pod.PodId = report.PodId;
        pod.ExitCode = report.ExitCode ?? (report.State == PodStates.Running ? pod.ExitCode : null);
        pod.Restarts = report.Restarts;
        pod.Driver = driver.Name;
        pod.Detail = report.Detail;
        pod.CpuPercent = report.Usage?.CpuPercent;
        pod.MemoryBytes = report.Usage?.MemoryBytes;
        await notices.AddAsync(context, pod, report, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        notices.Stored();
        figures.Report(accountId, report);
        directory.Drop();
    }

    /// <summary>A refusal is an error somebody must look at; where nobody answers, what was last known stands.</summary>
    public async Task TroubledAsync(PodDriverException trouble, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Pods.SingleOrDefaultAsync(row => row.AccountKey == accountKey, cancellationToken) is not { } pod)
        {
            return;
        }

        var isNews = pod.Detail != trouble.Message;
        pod.Driver = driver.Name;
        pod.Detail = trouble.Message;
        pod.CpuPercent = null;
        pod.MemoryBytes = null;
        if (!trouble.IsAway)
        {
            pod.State = PodStates.Error;
            pod.PodId = null;
            if (isNews)
            {
                await notices.AddTroubleAsync(context, pod, cancellationToken);
            }
        }

        await context.SaveChangesAsync(cancellationToken);
        notices.Stored();
        figures.Report(accountId, new PodReport(pod.State, pod.PodId, pod.ExitCode, pod.Restarts));
        directory.Drop();
    }

    /// <summary>Creates the signals that were waiting for the engine's first start.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        var (host, port) = await AddressAsync(cancellationToken);
        await probe.WaitAsync(accountId, host, port, state => state.IsReady, cancellationToken);
        while (await FirstSignalsAsync(cancellationToken) is { FirstSignals: [var signal, ..] } config)
        {
            var call = EngineCalls.UpsertSignal(new { Signal = signal });
            var requestId = RequestIdentity.Create();
            await using var reply = await engines.SendAsync(AuthorizedAccount.OfSupervisor(accountId), call, requestId, cancellationToken);
            if (reply.Refusal is { } refusal && refusal != ApiCodes.EngineConflict)
            {
                SignalRefused(logger, requestId, accountId, reply.Message);
                if (!refusal.IsOutage)
                {
                    return;
                }

                await Task.Delay(RetryInterval, time, cancellationToken);
                continue;
            }

            await RememberAsync(config with { FirstSignals = [.. config.FirstSignals.Skip(1)] }, cancellationToken);
        }
    }

    private async Task<(string Host, int Port)> AddressAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Accounts.Where(account => account.Id == accountKey)
            .Select(account => new { account.EngineHost, account.EnginePort }).SingleAsync(cancellationToken);
        return (row.EngineHost ?? PodPlace.ThisMachine.Host, row.EnginePort ?? 0);
    }

    private async Task<PodConfig> FirstSignalsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return PodConfig.Parse(
            await context.Pods.Where(row => row.AccountKey == accountKey).Select(row => row.Config).SingleAsync(cancellationToken));
    }

    private async Task RememberAsync(PodConfig config, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var json = config.ToString();
        await context.Pods.Where(row => row.AccountKey == accountKey)
            .ExecuteUpdateAsync(row => row.SetProperty(pod => pod.Config, json), cancellationToken);
    }

    [LoggerMessage(3110, LogLevel.Warning, "rid={RequestId} {AccountId}: a first signal was not taken: {Reason}")]
    private static partial void SignalRefused(ILogger logger, string requestId, string accountId, string reason);
}
