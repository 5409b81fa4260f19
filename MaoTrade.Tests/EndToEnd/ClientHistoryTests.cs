using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using MaoTrade.Engine.Orders;
using MaoTrade.Protocol.Client;
using MaoTrade.Protocol.Messages;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.History;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>
/// Clients that order while the engine is killed under them and its broker loses answers: what each was told must agree
/// with what the broker's ledger shows.
/// </summary>
[Collection("processes")]
public sealed class ClientHistoryTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Clients = 3;
    private const int OrdersPerClient = 40;
    private const int Kills = 12;

    [MarketDataFact]
    public async Task What_clients_were_told_agrees_with_the_ledger()
    {
        var random = new Random(1);
        await using var rig = await TradingRig.StartAsync(
            Path.Combine(Repository.MarketData!, "fx", "eurusd-hour.csv"), "EURUSD", "lost-reply=0.1,lost-request=0.05,duplicate=0.1,reorder=0.1,reject=0.05");
        await rig.CreateSignalAsync("EURUSD", "MacdCrossover", 3600, """{"fast_period":2,"slow_period":5,"qty":1000}""");
        var calls = new ConcurrentBag<ClientCall>();
        var clients = Enumerable.Range(1, Clients).Select(number => OrderAsync(rig, number, calls)).ToArray();

        for (var killed = 0; killed < Kills; killed++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 250)), TimeProvider.System);
            await rig.Engine.KillAsync();
            await rig.StartEngineAsync();
        }

        await Task.WhenAll(clients);
        var orders = await AtRestAsync(rig);

        var told = calls.ToArray();
        output.WriteLine(string.Join(", ", told.GroupBy(c => c.Outcome).Select(g => $"{g.Count()} {g.Key}")));
        told.Should().Contain(c => c.Outcome == CallOutcome.Unknown, "kills must have hit clients");
        HistoryChecker.Check(told, Observe(orders, Ledger.Effects(rig.LedgerFile))).Should().BeEmpty();
    }

    /// <summary>One order after the other; an unknown outcome is asked again under the same id, twice at most.</summary>
    private static async Task OrderAsync(TradingRig rig, int client, ConcurrentBag<ClientCall> calls)
    {
        for (var number = 1; number <= OrdersPerClient; number++)
        {
            var id = $"client{client}-{number}";
            for (var tries = 0; tries < 3; tries++)
            {
                var outcome = await CallAsync(rig, $$"""{"srvId":1,"clientOrderId":"{{id}}","epic":"EURUSD","opType":{{1 + (number % 2)}},"qty":2}""");
                calls.Add(new ClientCall(id, 2m, outcome));
                if (outcome != CallOutcome.Unknown)
                {
                    break;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    private static async Task<CallOutcome> CallAsync(TradingRig rig, string data)
    {
        await using var reply = await rig.Proxy.SendAsync(new ProxyRequest(2, Encoding.UTF8.GetBytes(data)), CancellationToken.None);
        return reply.Result switch
        {
            ProxyResult.NoError when reply.Code == ReplyCode.Ok => CallOutcome.Done,
            ProxyResult.NoError when reply.Code is ReplyCode.Fault or ReplyCode.NotReady => CallOutcome.Unknown,
            ProxyResult.NoError => CallOutcome.Failed,
            _ => CallOutcome.Unknown,
        };
    }

    private static async Task<List<JsonElement>> AtRestAsync(TradingRig rig)
    {
        (await rig.ReadyAsync()).Should().BeTrue();
        List<JsonElement> orders = [];
        await Until.TrueAsync("every order of a client has ended", TimeSpan.FromSeconds(120), async () =>
        {
            orders = await rig.OrdersAsync();
            return orders.Where(o => o.GetProperty("clientOrderId").ValueKind == JsonValueKind.String)
                .All(o => (OrderExecState)o.GetProperty("execState").GetInt32() is OrderExecState.Filled or OrderExecState.Error or OrderExecState.Cancelled);
        });
        return orders;
    }

    private static Dictionary<string, ObservedOrder> Observe(List<JsonElement> orders, ILookup<string, decimal> effects) => orders
        .Where(o => o.GetProperty("clientOrderId").ValueKind == JsonValueKind.String)
        .ToDictionary(
            o => o.GetProperty("clientOrderId").GetString()!,
            o => new ObservedOrder(
                (OrderExecState)o.GetProperty("execState").GetInt32(), o.GetProperty("filled").GetDecimal(),
                [.. effects[o.GetProperty("dealReference").GetString()!]]));
}
