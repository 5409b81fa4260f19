using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MaoApi.Auth;
using MaoApi.Auth.Services;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoTrade.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Tests.Api.Support;

/// <summary>
/// A whole gateway on a free port, with an engine that is a fake: account <c>one</c> belongs to <c>owner</c>, may be seen by <c>viewer</c>;
/// account <c>two</c> is <c>stranger</c>'s. All engines are the same fake.
/// </summary>
internal sealed class Gateway : IAsyncDisposable
{
    public const string Password = "correct horse";

    private const int PasswordRounds = 10;

    private const string EndpointLog = "Microsoft.AspNetCore.Routing.EndpointMiddleware";

    private static readonly RateLimitOptions NoRateLimit = new()
    {
        Requests = 1_000_000,
        HeavyPerHour = 1_000_000,
        OrdersPerHour = 1_000_000,
        AnonymousPerMinute = 1_000_000,
    };

    private readonly TemporaryFolder _temp = new();
    private readonly DataFolder _folder;

    private Gateway(
        TimeProvider? time,
        RateLimitOptions? rateLimit,
        Action<WebApplication>? map,
        Func<GatewayOptions, GatewayOptions>? configure,
        Action<IServiceCollection>? replace)
    {
        _folder = DataFolder.Open(_temp.Path);
        var options = new GatewayOptions { Port = 0, RateLimit = rateLimit ?? NoRateLimit };
        App = GatewayApplication.Build(configure?.Invoke(options) ?? options, _folder, services =>
        {
            if (time is not null)
            {
                services.AddSingleton(time);
            }

            // A gateway for each test: what makes a stolen hash worthless would take longer than most tests.
            services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = PasswordRounds);
            replace?.Invoke(services);
            services.AddLogging(logging => logging.AddProvider(Log).AddFilter<LogLines>(EndpointLog, LogLevel.Information));
        });
        map?.Invoke(App);
    }

    public WebApplication App { get; }

    public string DataDir => _temp.Path;

    public FakeEngine Engine { get; } = new();

    /// <summary>Opens <c>/srv</c>.</summary>
    public ServiceKeySecret ServiceKey { get; } = new("srv-key", "the secret of the services, long enough");

    /// <summary>Opens metrics and the details of health.</summary>
    public ServiceKeySecret MonitorKey { get; } = new("monitor-key", "the secret of the monitors, long enough");

    /// <summary>Opens <c>/mt</c> for account <c>one</c>.</summary>
    public ServiceKeySecret EngineKey { get; } = new("engine-key", "the secret of engine one, long enough");

    public LogLines Log { get; } = new();

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(60) };

    public IEnumerable<RouteEndpoint> Routes => App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>How many handlers have begun to run.</summary>
    public int HandlersRun => Log.All.Count(line => line.StartsWith(EndpointLog + ": Executing", StringComparison.Ordinal));

    public static async Task<Gateway> StartAsync(
        TimeProvider? time = null,
        RateLimitOptions? rateLimit = null,
        Action<WebApplication>? map = null,
        Func<GatewayOptions, GatewayOptions>? configure = null,
        Action<IServiceCollection>? replace = null)
    {
        var gateway = new Gateway(time, rateLimit, map, configure, replace);
        await gateway.App.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await gateway.SeedAsync();
        await gateway.App.StartAsync();
        gateway.Http.BaseAddress = gateway.App.Address();
        return gateway;
    }

    public string TokenOf(string userId) => App.Services.GetRequiredService<TokenIssuer>().Create(userId);

    /// <summary>A personal access token of a user, one of <see cref="AccessTokenScopes"/>.</summary>
    public async Task<string> PersonalTokenAsync(string userId, string scope) =>
        (await PostAsync("/auth/tokens", $$"""{"name":"script","scope":"{{scope}}"}""", userId)).Data["token"]!.ToString();

    public MaoHomeContext Database() => App.Services.GetRequiredService<IDbContextFactory<MaoHomeContext>>().CreateDbContext();

    public async Task<Reply> SendAsync(
        HttpMethod method, string path, string? token = null, string? json = null, Action<HttpRequestMessage>? more = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (json is not null)
        {
            request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        }

        more?.Invoke(request);
        using var response = await Http.SendAsync(request);
        var body = await response.Content.ReadFromJsonAsync<JsonObject>();
        return new Reply((int)response.StatusCode, body!, response.Headers);
    }

    public Task<Reply> GetAsync(string path, string user = "owner") => SendAsync(HttpMethod.Get, path, TokenOf(user));

    public Task<Reply> PostAsync(string path, string json, string user = "owner") => SendAsync(HttpMethod.Post, path, TokenOf(user), json);

    /// <summary>Sends a request signed with a key; <paramref name="change"/> may spoil the signature's headers.</summary>
    public Task<Reply> SignedAsync(
        ServiceKeySecret key, HttpMethod method, string path, string? json = null, Action<HttpRequestMessage>? change = null) =>
        SendAsync(method, path, null, json, request =>
        {
            SignedRequest.Sign(request, key, json ?? "", App.Services.GetRequiredService<TimeProvider>().GetUtcNow());
            change?.Invoke(request);
        });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
        await Engine.DisposeAsync();
        _folder.Dispose();
        _temp.Dispose();
    }

    private async Task SeedAsync()
    {
        await using var context = Database();
        var hash = App.Services.GetRequiredService<Passwords>().Hash(Password);
        var owner = AddUser(context, "owner", hash);
        var viewer = AddUser(context, "viewer", hash);
        var stranger = AddUser(context, "stranger", hash);
        AddUser(context, "admin", hash).IsAdmin = true;
        AddUser(context, "inactive", hash).Status = UserStatus.Inactive;
        AddUser(context, "blocked", hash).Status = UserStatus.Blocked;
        AddUser(context, "expired", hash).ValidUntil = DateTimeOffset.UnixEpoch;
        var broker = new Broker { Code = "paper", Name = "Paper", ManagerClass = "Paper" };
        var one = AddAccount("one", owner, broker);
        context.Add(new AccountRole { Account = one, User = owner, Role = AccountRoles.Owner });
        context.Add(new AccountRole { Account = one, User = viewer, Role = AccountRoles.Viewer });
        context.Add(new AccountRole { Account = AddAccount("two", stranger, broker), User = stranger, Role = AccountRoles.Owner });
        var keys = App.Services.GetRequiredService<ServiceKeys>();
        keys.Add(context, ServiceKey, ServiceScopes.Services, "");
        keys.Add(context, MonitorKey, ServiceScopes.Monitor, "");
        keys.Add(context, EngineKey, ServiceScopes.OfEngine("one"), "");
        await context.SaveChangesAsync();
    }

    private static User AddUser(MaoHomeContext context, string userId, string hash)
    {
        var user = new User { UserId = userId, DisplayName = userId, Email = $"{userId}@localhost", Status = UserStatus.Active };
        context.Add(new Credential { User = user, Hash = hash });
        return user;
    }

    private Account AddAccount(string accountId, User owner, Broker broker) => new()
    {
        AccountId = accountId,
        Description = accountId,
        User = owner,
        Broker = broker,
        IsActive = true,
        EngineHost = "127.0.0.1",
        EnginePort = Engine.Port,
    };
}

/// <summary>An answer in the envelope.</summary>
internal sealed record Reply(int Status, JsonObject Body, HttpResponseHeaders Headers)
{
    public int Code => (int)Body["code"]!;

    public JsonNode Data => Body["data"]!;
}
