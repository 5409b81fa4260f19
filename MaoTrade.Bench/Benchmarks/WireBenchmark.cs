using System.Buffers;
using System.Text;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Load;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Bench.Servers;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Round trips of a portfolio against the engine's port, beside what other servers do with the same bytes.</summary>
internal sealed class WireBenchmark : IBenchmark
{
    private const int TradeService = 2;
    private const string HttpPath = "/portfolio";

    private static readonly TimeSpan DefaultSlice = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    private static readonly Shape[] Shapes =
        [new("1 connection, 1 in flight", 1, 1), new("8 connections, 1 in flight each", 8, 1), new("1 connection, 64 in flight", 1, 64)];

    public string Name => "wire";

    public string Summary => "round trips on the engine's port against bare sockets, HTTP/1.1 and Redis";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var engine = await ChildServer.StartAsync(children, ServerCommand.Engine, Environments.Engine);
        var reply = await WireProbe.AskAsync(engine.Address, Request(1));
        var peers = await StartPeersAsync(children, reply);
        var report = Report.OfDuels("round trips/s");
        report.Note("engine: its own listener, router and services (service 2, srvId 3) over a fixed snapshot, in a process of its own");
        report.Note($"every server answers the same {reply.Length} bytes of JSON; one load client for all; CPU µs: of the server, per request");
        foreach (var shape in Shapes)
        {
            using var load = new LoadClient(new LoadPlan(engine.Address, shape.Connections, [Batch(shape.Depth)], shape.Depth, () => new WireReplies()));
            foreach (var peer in peers.Where(peer => peer.Takes(shape)))
            {
                using var other = new LoadClient(new LoadPlan(
                    peer.Server.Address, shape.Connections, [Repeat(peer.Request, shape.Depth)], shape.Depth, peer.Counter));
                var duel = Duel.Run(
                    Sides.Of("engine", load, engine.ProcessId), Sides.Of(peer.Name, other, peer.Server.ProcessId),
                    options.Rounds, options.Slice ?? DefaultSlice, WarmUp);
                report.Duel(shape.Name, duel, peer.Figure(shape));
            }
        }

        if (!peers.Exists(peer => peer.Name == Peer.Redis))
        {
            report.Row(null, Shapes[2].Name, Peer.Redis, "skipped: redis-server is not installed", "", "");
        }

        return report;
    }

    private static async Task<List<Peer>> StartPeersAsync(Children children, byte[] reply)
    {
        var folder = children.CreateFolder();
        var json = Path.Combine(folder, "reply.json");
        var frame = Path.Combine(folder, "reply.bin");
        await File.WriteAllBytesAsync(json, reply);
        await File.WriteAllBytesAsync(frame, [.. reply, Protocol.Framing.Wire.Terminator]);
        var raw = await ChildServer.StartAsync(children, ServerCommand.Raw, Environments.Engine, frame);
        var http = await ChildServer.StartAsync(children, ServerCommand.Http, Environments.WebProject, HttpPath, json);
        var redis = await RedisServer.TryStartAsync(children, reply);
        List<Peer> peers =
        [
            new(Peer.Raw, raw, Request(1), () => new WireReplies(), _ => true, _ => null),
            new(
                Peer.Http, http, Encoding.ASCII.GetBytes($"GET {HttpPath} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                () => new HttpReplies(), shape => shape.Depth == 1, shape => shape.Connections == 8 ? 1.5 : null),
        ];
        if (redis is not null)
        {
            peers.Add(new(
                Peer.Redis, redis, RedisServer.Get.ToArray(), () => new RedisReplies(),
                shape => shape.Depth > 1, _ => 0.5));
        }

        return peers;
    }

    private static byte[] Batch(int depth) => [.. Enumerable.Range(1, depth).SelectMany(id => Request((ulong)id))];

    private static byte[] Repeat(byte[] request, int depth) => [.. Enumerable.Repeat(request, depth).SelectMany(bytes => bytes)];

    private static byte[] Request(ulong id)
    {
        var output = new ArrayBufferWriter<byte>();
        RequestWriter.Write(output, TradeService, """{"srvId":3}"""u8, id, requestId: null, RequestHead.DefaultTimeToLiveMs);
        return output.WrittenSpan.ToArray();
    }

    private sealed record Shape(string Name, int Connections, int Depth);

    private sealed record Peer(
        string Name, RunningServer Server, byte[] Request, Func<IReplyCounter> Counter, Func<Shape, bool> Takes, Func<Shape, double?> Figure)
    {
        public const string Raw = "bare sockets, canned reply";
        public const string Http = "HTTP/1.1 keep-alive, Kestrel";
        public const string Redis = "Redis GET, pipelined";
    }
}
