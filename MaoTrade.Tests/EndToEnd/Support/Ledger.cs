using System.Text.Json;

namespace MaoTrade.Tests.EndToEnd.Support;

/// <summary>The broker's ledger, the truth about orders.</summary>
public static class Ledger
{
    /// <summary>By deal reference: the filled quantity of each order the broker took under it and did not refuse.</summary>
    public static ILookup<string, decimal> Effects(string file)
    {
        var taken = new List<(string Reference, decimal Filled, bool Refused)>();
        foreach (var line in File.ReadLines(file).Select(text => JsonDocument.Parse(text).RootElement))
        {
            var reference = line.GetProperty("reference").GetString()!;
            var last = taken.FindLastIndex(t => t.Reference == reference);
            switch (line.GetProperty("event").GetString())
            {
                case "received":
                    taken.Add((reference, 0m, false));
                    break;
                case "filled" when last >= 0:
                    taken[last] = taken[last] with { Filled = taken[last].Filled + line.GetProperty("qty").GetDecimal() };
                    break;
                case "rejected":
                    taken[last] = taken[last] with { Refused = true };
                    break;
            }
        }

        return taken.Where(t => !t.Refused).ToLookup(t => t.Reference, t => t.Filled);
    }

    /// <summary>
    /// Every order as (account, action, side, type, quantity, frame of decision, stop, fill frame, fill price), per epic in
    /// order of arrival. References and wall times are left out: they differ from run to run.
    /// </summary>
    public static IReadOnlyDictionary<string, List<LedgerOrder>> Orders(string file)
    {
        var orders = new Dictionary<string, LedgerOrder>();
        foreach (var line in File.ReadLines(file).Select(text => JsonDocument.Parse(text).RootElement))
        {
            var reference = line.GetProperty("reference").GetString()!;
            switch (line.GetProperty("event").GetString())
            {
                case "accepted":
                    orders.ContainsKey(reference).Should().BeFalse("order {0} was accepted before: it is doubled", reference);
                    orders[reference] = LedgerOrder.Read(line) with { Frame = line.GetProperty("frame").GetInt64() };
                    break;
                case "filled":
                    var order = orders.GetValueOrDefault(reference) ?? LedgerOrder.Read(line);
                    order.FillFrame.Should().Be(0, "order {0} was filled before", reference);
                    orders[reference] = order with
                    {
                        FillFrame = line.GetProperty("frame").GetInt64(),
                        FillPrice = line.GetProperty("price").GetDecimal(),
                    };
                    break;
            }
        }

        return orders.Values.GroupBy(o => o.Epic).ToDictionary(g => g.Key, g => g.ToList());
    }
}

/// <summary>An order of the ledger without what differs from run to run.</summary>
public sealed record LedgerOrder(
    string Account, string Epic, int Action, int OpType, int OrderType, decimal Qty, decimal? StopPrice,
    long Frame = 0, long FillFrame = 0, decimal FillPrice = 0)
{
    public static LedgerOrder Read(JsonElement line) => new(
        line.GetProperty("account").GetString()!, line.GetProperty("epic").GetString()!, line.GetProperty("action").GetInt32(),
        line.GetProperty("opType").GetInt32(), line.GetProperty("orderType").GetInt32(), line.GetProperty("qty").GetDecimal(),
        line.GetProperty("stopPrice").ValueKind == JsonValueKind.Null ? null : line.GetProperty("stopPrice").GetDecimal());
}
