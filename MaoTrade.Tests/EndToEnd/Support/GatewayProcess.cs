using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Tests.EndToEnd.Support;

/// <summary>The gateway as a process of its own, from its own output folder, with everything it ships.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(150);

    private GatewayProcess(ChildProcess process, string dataFolder, JsonElement firstRun)
    {
        Process = process;
        DataFolder = dataFolder;
        FirstRun = firstRun;
        Http = new HttpClient { BaseAddress = new Uri(firstRun.GetProperty("url").GetString()!), Timeout = TimeSpan.FromSeconds(30) };
    }

    public ChildProcess Process { get; }

    public string DataFolder { get; }

    /// <summary>What <c>first-run.json</c> says.</summary>
    public JsonElement FirstRun { get; }

    public HttpClient Http { get; }

    /// <summary>Starts a gateway and waits until it is ready.</summary>
    public static Task<GatewayProcess> StartAsync(string dataFolder, params string[] flags) =>
        StartAsync(dataFolder, new Dictionary<string, string>(), flags);

    /// <summary>Starts a gateway with variables of its own and waits until it is ready.</summary>
    public static async Task<GatewayProcess> StartAsync(string dataFolder, IReadOnlyDictionary<string, string> environment, params string[] flags)
    {
        var file = Path.Combine(dataFolder, "first-run.json");
        var before = File.Exists(file) ? await File.ReadAllTextAsync(file) : null;
        var process = Begin(environment, ["--data-dir", dataFolder, "--port", "0", .. flags]);
        var firstRun = await Until.NotNullAsync("first-run.json tells the new address", StartDeadline, async () =>
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"the gateway ended with {await process.ExitCodeAsync()}: {await process.ErrorAsync()}");
            }

            var text = File.Exists(file) ? await File.ReadAllTextAsync(file) : null;
            return text is null || text == before || !text.Contains("http", StringComparison.Ordinal) ? null : text;
        });
        var gateway = new GatewayProcess(process, dataFolder, JsonDocument.Parse(firstRun).RootElement.Clone());
        await Until.TrueAsync("the gateway is ready", StartDeadline, gateway.IsReadyAsync);
        return gateway;
    }

    /// <summary>Starts a gateway that is not expected to get far.</summary>
    public static ChildProcess Begin(params IEnumerable<string> flags) => Begin(new Dictionary<string, string>(), flags);

    private static ChildProcess Begin(IReadOnlyDictionary<string, string> environment, IEnumerable<string> flags) => new(
        Path.Combine(AppContext.BaseDirectory.Replace("MaoTrade.Tests", "MaoApi", StringComparison.Ordinal), "MaoApi.dll"), flags, environment);

    /// <summary>Tells the gateway where an engine is that somebody else runs.</summary>
    public async Task PointAsync(string accountId, int port)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(DataFolder, "maohome.db"), Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            UPDATE accounts SET mt_host = '127.0.0.1', mt_port = $port WHERE accountid = $account;
            UPDATE mtpods SET state = 'running' WHERE c_accounts = (SELECT id FROM accounts WHERE accountid = $account)
            """;
        command.Parameters.AddWithValue("$port", port);
        command.Parameters.AddWithValue("$account", accountId);
        (await command.ExecuteNonQueryAsync()).Should().Be(2);
    }

    /// <summary>Waits until the gateway reaches the engine of an account: it looks for its place every few seconds.</summary>
    public Task ReachAsync(string accountId) => Until.TrueAsync($"the engine of {accountId} is reached", StartDeadline, async () =>
    {
        using var answer = await Http.GetAsync(new Uri($"/clientmt/portfolio?accountId={accountId}", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    });

    public Task LogInAsync() => LogInAsync("user", "password");

    public Task LogInAsAdminAsync() => LogInAsync("adminUser", "adminPassword");

    /// <summary>The data of an answer with code 0.</summary>
    public async Task<JsonElement> GetAsync(string path) => await DataAsync(await Http.GetAsync(new Uri(path, UriKind.Relative)));

    /// <summary>The data of an answer with code 0.</summary>
    public async Task<JsonElement> PostAsync(string path, string json) => await DataAsync(await SendAsync(path, json));

    public async Task<HttpResponseMessage> SendAsync(string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(json, new MediaTypeHeaderValue("application/json")),
        };
        return await Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }

    private async Task LogInAsync(string user, string password)
    {
        var data = await PostAsync(
            "/auth/login",
            JsonSerializer.Serialize(new { user = FirstRun.GetProperty(user).GetString(), password = FirstRun.GetProperty(password).GetString() }));
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", data.GetProperty("accessToken").GetString());
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<JsonElement> DataAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            body.GetProperty("code").GetInt32().Should().Be(0, "{0} {1}", (int)answer.StatusCode, body);
            return body.GetProperty("data");
        }
    }
}
