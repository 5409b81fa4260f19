using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MaoApi.Commands.Local;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;
using MaoApi.Data;
using MaoApi.Hosting;
using MaoApi.Shared;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Commands.Doctor;

/// <summary>Databases, the gateway's port, engines.</summary>
internal static class ServiceLook
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Whether a database is there, answers, and has the schema of this build.</summary>
    public static async Task<Finding> DatabaseAsync<T>(LocalServices local, string name, DatabaseName database, CancellationToken cancellationToken)
        where T : DbContext
    {
        var place = local.Get<DatabaseOptions>().ToString();
        try
        {
            if (await local.Get<IDatabaseProvider>().FindMissingAsync(database, cancellationToken) is { } missing)
            {
                return Finding.Bad(name, missing);
            }

            await using var context = await local.Get<IDbContextFactory<T>>().CreateDbContextAsync(cancellationToken);
            var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
            return pending == 0
                ? Finding.Good(name, $"{place} answers, schema up to date")
                : Finding.Warn(name, $"{place}: {pending} migrations wait for the next start");
        }
        catch (Exception fault) when (fault is InvalidOperationException || DatabaseFault.Is(fault))
        {
            return Finding.Bad(name, $"{place}: {fault.GetBaseException().Message}");
        }
    }

    /// <summary>Whether the store gateways share answers; nothing where there is none.</summary>
    public static async Task<IReadOnlyList<Finding>> SharedStoreAsync(SharedStoreOptions options, LocalServices local)
    {
        if (options.Host is null)
        {
            return [];
        }

        var link = local.Get<StoreLink>();
        await link.ProbeAsync(AnswerTimeout);
        return
        [
            link.Fault is { } fault
                ? Finding.Warn("shared store", $"{link.Place} does not answer: {fault}; each gateway counts callers and engines for itself")
                : Finding.Good("shared store", $"{link.Place} answers"),
        ];
    }

    /// <summary>Whether the gateway answers, or could take its port.</summary>
    public static async Task<Finding> GatewayAsync(CommandRun run, GatewayOptions options, CancellationToken cancellationToken)
    {
        var url = ApiLogIn.UrlOf(run);
        try
        {
            await using var api = new ApiClient(url, run.Console.Time);
            using var deadline = new CancellationTokenSource(AnswerTimeout, run.Console.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/health/ready");
            using var response = await api.OpenAsync(request, either.Token);
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(await response.Content.ReadAsStreamAsync(either.Token), cancellationToken: either.Token);
            var status = body.Cell("data.status");
            return status == "ready" ? Finding.Good("gateway", $"{url} is ready") : Finding.Warn("gateway", $"{url} is {status}");
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Port(options);
        }
    }

    /// <summary>The engines of all active accounts that are meant to run.</summary>
    public static async Task<IReadOnlyList<Finding>> EnginesAsync(CommandRun run, LocalServices local, CancellationToken cancellationToken)
    {
        await using var context = await local.Get<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(cancellationToken);
        var accounts = await context.Accounts.AsNoTracking()
            .Where(account => account.IsActive && account.Pod != null && account.Pod.WantedState == Data.Entities.PodStates.Running)
            .OrderBy(account => account.AccountId).Select(account => new { account.AccountId, account.Pod!.Detail }).ToListAsync(cancellationToken);
        return await Task.WhenAll(accounts.Select(async account =>
        {
            var finding = await EngineAsync(run, local, account.AccountId, cancellationToken);

            // The pod knows why: no image, no certificate, a container engine that is away.
            return finding.Status == Finding.Ok || account.Detail is not { Length: > 0 } detail
                ? finding
                : finding with { Message = $"{finding.Message}: {detail}" };
        }));
    }

    private static async Task<Finding> EngineAsync(CommandRun run, LocalServices local, string accountId, CancellationToken cancellationToken)
    {
        var name = $"engine {accountId}";
        try
        {
            await using var engine = await EngineWire.OpenAsync(local, accountId, run.Console.Time, cancellationToken);
            return await engine.StandingAsync(cancellationToken) switch
            {
                null => Finding.Bad(name, "does not answer"),
                { State: "ready", BrokerConnected: true, UnknownOrders: 0 } => Finding.Good(name, "ready"),
                { UnknownOrders: > 0 } unknown => Finding.Bad(name, $"{unknown.UnknownOrders} orders of unknown outcome"),
                { BrokerConnected: false } => Finding.Warn(name, "no connection to the broker"),
                var standing => Finding.Warn(name, standing.State),
            };
        }
        catch (CommandException fault)
        {
            return Finding.Bad(name, fault.Lines[0]);
        }
    }

    private static Finding Port(GatewayOptions options)
    {
        try
        {
            using var listener = new TcpListener(options.Bind, options.Port);
            listener.Start();
            return Finding.Warn("gateway", $"does not run; {options.Bind} port {((IPEndPoint)listener.LocalEndpoint).Port} is free");
        }
        catch (SocketException fault)
        {
            return Finding.Bad("gateway", $"does not answer, and something else holds {options.Bind} port {options.Port}: {fault.Message}");
        }
    }
}
