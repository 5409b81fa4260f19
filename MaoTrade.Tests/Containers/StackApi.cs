using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Containers;

/// <summary>The REST API of a stack, as one of its users calls it.</summary>
public sealed class StackApi(Uri address) : IDisposable
{
    /// <summary>A user has 200 requests in ten seconds; whoever waits must leave some to what comes after.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    public void Dispose() => _http.Dispose();

    /// <summary>All calls from now on are this user's.</summary>
    public async Task LogInAsync(string user, string password)
    {
        var data = await PostAsync("/auth/login", new { user, password });
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", data.GetProperty("accessToken").GetString());
    }

    /// <summary>The data of an answer with code 0.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        return await DataAsync(answer);
    }

    /// <summary>The data of an answer with code 0.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await DataAsync(answer);
    }

    /// <summary>The bytes of an answer.</summary>
    public async Task<byte[]> DownloadAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        answer.IsSuccessStatusCode.Should().BeTrue("{0}", answer);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Waits until an account's engine is connected to the market.</summary>
    public Task<JsonElement> ConnectedAsync(string accountId) => PortfolioAsync(accountId, "is connected", _ => true);

    /// <summary>Waits until it has also seen a frame of the market, which it asks for where a system wants it.</summary>
    public Task<JsonElement> TradingAsync(string accountId) =>
        PortfolioAsync(accountId, "trades", portfolio => portfolio.GetProperty("frame").GetInt64() > 0);

    /// <summary>Two systems that trade at once, and an order of each.</summary>
    public async Task BeginTradingAsync(string accountId)
    {
        await ConnectedAsync(accountId);
        var signals = await PostAsync("/clientmt/signal/crud", new { accountId, op = "read", signal = new { } });
        if (signals.GetProperty("signals").GetArrayLength() == 0)
        {
            await CreateAsync(accountId, "GBPUSD", "FUTM", new { signal = "BUY", qty = 100, stop_percent = 2 });
            await CreateAsync(accountId, "EURUSD", "MacdCrossover", new { fast_period = 2, slow_period = 3, qty = 100 });
        }

        await TradingAsync(accountId);
        await Until.TrueAsync($"{accountId} has an order", ComposeStack.Deadline, async () => (await OrdersAsync(accountId)).Count > 0, Pause);
    }

    /// <summary>Ids of an account's orders.</summary>
    public async Task<IReadOnlyList<string>> OrdersAsync(string accountId)
    {
        var data = await GetAsync($"/clientmt/orders?accountId={accountId}&limit=200");
        return [.. data.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("orderId").ToString())];
    }

    private Task<JsonElement> CreateAsync(string accountId, string epic, string system, object parameters) => PostAsync(
        "/clientmt/signal/crud",
        new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["accountId"] = accountId,
            ["op"] = "create",
            ["signal"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["epic"] = epic,
                ["system"] = system,
                ["timeFrame"] = 60,
                ["params"] = parameters,
            },
        });

    private async Task<JsonElement> PortfolioAsync(string accountId, string what, Func<JsonElement, bool> until)
    {
        var found = default(JsonElement);
        await Until.TrueAsync($"the engine of {accountId} {what}", ComposeStack.Deadline, async () =>
        {
            using var answer = await _http.GetAsync(new Uri($"/clientmt/portfolio?accountId={accountId}", UriKind.Relative));
            var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
            if (json.GetProperty("code").GetInt32() != 0
                || json.GetProperty("data").GetProperty("accounts")[0].GetProperty("portfolio") is not { ValueKind: JsonValueKind.Object } portfolio)
            {
                return false;
            }

            found = portfolio;
            return portfolio.GetProperty("account").GetProperty("connected").GetBoolean() && until(portfolio);
        }, Pause);
        return found;
    }

    private static async Task<JsonElement> DataAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        body.GetProperty("code").GetInt32().Should().Be(0, "{0} {1}", (int)answer.StatusCode, body);
        return body.GetProperty("data");
    }
}
