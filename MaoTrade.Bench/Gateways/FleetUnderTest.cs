using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoTrade.Bench.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Bench.Gateways;

/// <summary>A gateway process alone, with users and accounts whose engines are wherever the benchmark says.</summary>
internal sealed class FleetUnderTest
{
    private const int AccountsOfUser = 10;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private FleetUnderTest(RunningServer gateway, IReadOnlyList<byte[]> requests) => (Gateway, PortfolioRequests) = (gateway, requests);

    public RunningServer Gateway { get; }

    /// <summary>For each engine the request for its account's portfolio, with the token of the account's owner.</summary>
    public IReadOnlyList<byte[]> PortfolioRequests { get; }

    /// <summary>Makes an account for each engine, ten of them to a user, and starts the gateway.</summary>
    public static async Task<FleetUnderTest> StartAsync(Children children, IReadOnlyList<IPEndPoint> engines)
    {
        var folder = children.CreateFolder();
        var tokens = await PrepareAsync(folder, engines);
        var address = new IPEndPoint(IPAddress.Loopback, FreePort());
        var start = new ProcessStartInfo(
            Runtime.Program,
            [GatewayUnderTest.Program(), "--data-dir", folder, "--role", "api", "--port", address.Port.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        GatewayUnderTest.RaiseLimits(start.Environment);
        var process = children.Start(start);
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await UntilListeningAsync(address);
        return new FleetUnderTest(new RunningServer(address, process.Id), [.. tokens.Select((token, index) => Request(AccountId(index), token))]);
    }

    private static string AccountId(int index) => $"bench{index}";

    private static byte[] Request(string accountId, string token) => Encoding.ASCII.GetBytes(
        $"GET /clientmt/portfolio?accountId={accountId} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n");

    /// <summary>Fills the database; returns the token of each account's owner.</summary>
    private static async Task<IReadOnlyList<string>> PrepareAsync(string folder, IReadOnlyList<IPEndPoint> engines)
    {
        using var data = DataFolder.Open(folder);
        await using var app = GatewayApplication.Build(new GatewayOptions { DataDir = folder, Port = 0 }, data);
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync();
        var broker = new Broker { Code = "paper", Name = "Paper", ManagerClass = "Paper" };
        var issuer = app.Services.GetRequiredService<TokenIssuer>();
        var tokens = new List<string>();
        foreach (var (chunk, number) in engines.Chunk(AccountsOfUser).Select((chunk, number) => (chunk, number)))
        {
            var user = new User { UserId = $"user{number}", DisplayName = "", Email = $"user{number}@localhost", Status = UserStatus.Active };
            foreach (var engine in chunk)
            {
                var account = new Account
                {
                    AccountId = AccountId(tokens.Count),
                    Description = "",
                    User = user,
                    Broker = broker,
                    IsActive = true,
                    EngineHost = engine.Address.ToString(),
                    EnginePort = engine.Port,
                };
                context.Add(new AccountRole { Account = account, User = user, Role = AccountRoles.Owner });
                tokens.Add(issuer.Create(user.UserId));
            }
        }

        await context.SaveChangesAsync();
        return tokens;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task UntilListeningAsync(IPEndPoint address)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (TimeProvider.System.GetElapsedTime(started) < StartTimeout)
            {
                // Not listening yet.
            }

            await Task.Delay(LookInterval, TimeProvider.System);
        }
    }
}
