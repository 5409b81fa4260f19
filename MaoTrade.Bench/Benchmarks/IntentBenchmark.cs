using System.Diagnostics;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Desks;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence.Rows;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Order intents made durable in a second: what waits together shares a commit, against a commit for each.</summary>
internal sealed class IntentBenchmark : IBenchmark
{
    private const int Producers = 64;
    private const double Wanted = 14;

    private static readonly TimeSpan DefaultSlice = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public string Name => "intents";

    public string Summary => $"durable order intents with {Producers} producers against one transaction and fsync per order";

    public Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var report = Report.OfDuels("intents/s");
        report.Note("the product's trade loop, decisions and SQLite store (WAL, synchronous=FULL) on the disk of the temporary folder; the broker is away");
        report.Note("a SaveChanges each: the same two rows by EF Core, one transaction and one fsync for each order, nothing decided");
        report.Note("one by one: our own decisions and prepared statements, but a commit for each order, without a queue between");
        var folder = children.CreateFolder();
        var together = new Side("group commit", slice => TogetherAsync(folder, slice).GetAwaiter().GetResult());
        Run("a SaveChanges each", slice => SaveChangesAsync(folder, slice).GetAwaiter().GetResult(), Wanted);
        Run("one by one", slice => OneByOneAsync(folder, slice).GetAwaiter().GetResult(), figure: null);
        return Task.FromResult(report);

        void Run(string name, Func<TimeSpan, Slice> other, double? figure) => report.Duel(
            $"{Producers} producers", Duel.Run(together, new Side(name, other), options.Rounds, options.Slice ?? DefaultSlice, WarmUp), figure);
    }

    private static async Task<Slice> TogetherAsync(string folder, TimeSpan length)
    {
        using var account = await AccountDesk.CreateAsync(folder);
        await using var live = new LiveDesk(account);
        var stored = 0L;
        var cpu = ProcessFigures.Cpu(Environment.ProcessId);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                var reply = await live.CommandAsync(Order());
                if (reply.Code != ReplyCode.Ok)
                {
                    throw new BenchException($"an order was refused: {reply.Message}");
                }

                Interlocked.Increment(ref stored);
            }
        })));
        return new Slice(stored, Stopwatch.GetElapsedTime(started), ProcessFigures.Cpu(Environment.ProcessId) - cpu);
    }

    private static async Task<Slice> SaveChangesAsync(string folder, TimeSpan length)
    {
        using var account = await AccountDesk.CreateAsync(folder);
        await using var context = account.Model();
        await context.Database.OpenConnectionAsync();
        await context.Database.ExecuteSqlRawAsync("PRAGMA synchronous=FULL");
        var document = new string('x', 450);
        var stored = 0L;
        var cpu = ProcessFigures.Cpu(Environment.ProcessId);
        var started = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(started) < length; stored++)
        {
            var id = Guid.CreateVersion7().ToString("N");
            context.Orders.Add(new OrderRow
            {
                OrderId = id,
                ClientOrderId = id,
                DealReference = id,
                System = "",
                Epic = "EURUSD",
                Document = document,
                AssumedQty = "0",
            });
            context.OrderChanges.Add(new OrderChangeRow
            {
                OrderId = id,
                Note = "",
            });
            await context.SaveChangesAsync();
            context.ChangeTracker.Clear();
        }

        return new Slice(stored, Stopwatch.GetElapsedTime(started), ProcessFigures.Cpu(Environment.ProcessId) - cpu);
    }

    private static async Task<Slice> OneByOneAsync(string folder, TimeSpan length)
    {
        using var account = await AccountDesk.CreateAsync(folder);
        var stored = 0L;
        var cpu = ProcessFigures.Cpu(Environment.ProcessId);
        var started = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(started) < length; stored++)
        {
            account.Desk.Clear();
            account.Desk.Decide(new CommandInput(new CommandTicket(null, long.MaxValue), Order()));
            account.Desk.Commit();
        }

        return new Slice(stored, Stopwatch.GetElapsedTime(started), ProcessFigures.Cpu(Environment.ProcessId) - cpu);
    }

    private static OpenPositionCommand Order() => new()
    {
        SrvId = 1,
        ClientOrderId = Guid.CreateVersion7().ToString("N"),
        Epic = "EURUSD",
        OpType = OrderOpType.Buy,
        Qty = 1m,
        StopPrice = 1.05m,
    };
}
