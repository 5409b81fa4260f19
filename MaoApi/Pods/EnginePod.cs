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
    PaperBroker paper,
    IDbContextFactory<MaoHomeContext> contexts,
    DataFolder folder,
    EngineSettings settings,
    EngineKeys keys,
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
    private const string Host = "127.0.0.1";

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    public string Name { get; } = "engine " + accountId;

    public TimeSpan StopTimeout => TimeSpan.FromSeconds(8);

    public string RecordFile { get; } = Path.Combine(folder.Account(accountId), PodRecord.FileName);

    public string OutputFile { get; } = Path.Combine(folder.Account(accountId), "logs", "stdout.jsonl");

    public async Task<PodLaunch> PrepareAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await context.Accounts.Include(row => row.Broker).Include(row => row.Pod)
            .SingleAsync(row => row.Id == accountKey, cancellationToken);
        var healthPort = await ports.AssignAsync(context, account, Host, cancellationToken);
        directory.Drop();

        var brokerUrl = await paper.UrlAsync(cancellationToken);
        var settingsFile = await settings.WriteAsync(account, brokerUrl, cancellationToken);
        var keyFile = await keys.IssueAsync(accountId, cancellationToken);
        var launch = EngineProgram.Launch(
            Name,
            OutputFile,
            "run",
            "--account-id",
            accountId,
            "--data-dir",
            folder.Root,
            "--bind",
            Host,
            "--port",
            account.EnginePort!.Value.ToString(),
            "--health-port",
            healthPort.ToString(),
            "--broker",
            account.Broker!.Code,
            "--broker-url",
            brokerUrl,
            "--config",
            settingsFile,
            "--supervised");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SERVICE_KEY_FILE"] = keyFile };
        if (address.ForEngines is { } url)
        {
            environment["GATEWAY_URL"] = url.ToString();
        }

        return launch with { Environment = environment };
    }

    public async Task<string?> IdentifyAsync(CancellationToken cancellationToken)
    {
        var port = await PortAsync(cancellationToken);
        return (await probe.WaitAsync(Host, port, state => state.InstanceId is { Length: > 0 }, cancellationToken)).InstanceId;
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
            pod.StartedAt = time.GetUtcNow();
        }

        pod.State = report.State;
        pod.PodId = report.PodId;
        pod.ExitCode = report.ExitCode ?? (report.State == PodStates.Running ? pod.ExitCode : null);
        pod.Restarts = report.Restarts;
        await notices.AddAsync(context, pod, report, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        notices.Stored();
        figures.Report(accountId, report);
        directory.Drop();
    }

    /// <summary>Creates the signals that were waiting for the engine's first start.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        await probe.WaitAsync(Host, await PortAsync(cancellationToken), state => state.IsReady, cancellationToken);
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

    private async Task<int> PortAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Accounts.Where(row => row.Id == accountKey).Select(row => row.EnginePort ?? 0).SingleAsync(cancellationToken);
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
