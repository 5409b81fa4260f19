using System.Buffers;
using System.Text.Json;
using MaoTrade.Bench.Servers;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Protocol.Framing;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Portfolio requests and their replies as both ends of the wire read and write them.</summary>
internal sealed class FrameSample
{
    /// <summary>Frames to a buffer.</summary>
    public const int Batch = 64;

    private const int TradeService = 2;
    private const string RequestId = "4bf92f3577b34da6a3ce929d0e0e4736";

    private readonly ArrayBufferWriter<byte> _output = new(256 * 1024);
    private readonly RequestFrameReader _requestFrames = new();
    private readonly RequestParser _requests = new();
    private readonly ReplyFrameReader _replies = new();
    private readonly byte[] _text = new byte[4096];
    private readonly byte[] _portfolio;

    public FrameSample()
    {
        var state = SampleAccount.State();
        _portfolio = JsonSerializer.SerializeToUtf8Bytes(
            PortfolioView.Of(state, SampleAccount.AccountId, stale: false, state.MarketTime), CommandJson.Default.PortfolioView);
        WriteRequests();
        (Requests, SplitRequests) = Both(_output.WrittenSpan.ToArray());
        RequestBytes = _output.WrittenCount / Batch;
        WriteReplies();
        (Replies, SplitReplies) = Both(_output.WrittenSpan.ToArray());
        ReplyBytes = _output.WrittenCount / Batch;
    }

    public ReadOnlySequence<byte> Requests { get; }

    public ReadOnlySequence<byte> SplitRequests { get; }

    public ReadOnlySequence<byte> Replies { get; }

    public ReadOnlySequence<byte> SplitReplies { get; }

    public int RequestBytes { get; }

    public int ReplyBytes { get; }

    public void WriteRequests()
    {
        _output.ResetWrittenCount();
        for (var id = 1UL; id <= Batch; id++)
        {
            RequestWriter.Write(_output, TradeService, """{"srvId":3}"""u8, id, RequestId, RequestHead.DefaultTimeToLiveMs);
        }
    }

    public void WriteReplies()
    {
        _output.ResetWrittenCount();
        for (var i = 0; i < Batch; i++)
        {
            ReplyWriter.WritePlain(_output, ReplyCode.Ok, "", _portfolio, "42"u8);
        }
    }

    /// <summary>As the engine reads: each text is copied out of the connection's buffer and parsed.</summary>
    public void ParseRequests(ReadOnlySequence<byte> buffer)
    {
        for (var i = 0; i < Batch; i++)
        {
            var isWhole = _requestFrames.TryRead(ref buffer, out var json, out _);
            json.CopyTo(_text);
            if (!isWhole || _requests.Parse(_text.AsSpan(0, (int)json.Length), out var head) != WireViolation.None || head.Service != TradeService)
            {
                throw new BenchException("a request was not recognized");
            }
        }
    }

    /// <summary>As the gateway reads.</summary>
    public void ParseReplies(ReadOnlySequence<byte> buffer)
    {
        for (var i = 0; i < Batch; i++)
        {
            if (_replies.Read(ref buffer, endOfStream: false, out var frame) != ReplyStep.Plain || frame.Head.Code != ReplyCode.Ok)
            {
                throw new BenchException("a reply was not recognized");
            }
        }
    }

    private static (ReadOnlySequence<byte> Whole, ReadOnlySequence<byte> Split) Both(byte[] bytes) =>
        (new ReadOnlySequence<byte>(bytes), Segment.Split(bytes, 1000));

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        private Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public static ReadOnlySequence<byte> Split(ReadOnlyMemory<byte> bytes, int size)
        {
            var first = new Segment(bytes[..size], 0);
            var last = first;
            for (var at = size; at < bytes.Length; at += size)
            {
                var next = new Segment(bytes.Slice(at, Math.Min(size, bytes.Length - at)), at);
                last.Next = next;
                last = next;
            }

            return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }
    }
}
