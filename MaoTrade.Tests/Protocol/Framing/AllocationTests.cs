using System.Buffers;
using MaoTrade.Protocol.Framing;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Tests.Protocol.Framing;

public sealed class AllocationTests
{
    private static readonly byte[] Batch = WireBytes.Of(string.Concat(Enumerable.Repeat(
        "{\"service\":2,\"data\":{\"srvId\":3,\"list\":[{\"a\":1},{\"a\":2}]},\"id\":\"4711\",\"rid\":\"r-1\",\"ttlMs\":500}<04>", 64)));

    [Fact]
    public void Reading_requests_allocates_nothing() => BytesPerRun(ReadRequests(Batch)).Should().Be(0);

    [Fact]
    public void Reading_replies_allocates_nothing()
    {
        var replies = WireBytes.Of(string.Concat(Enumerable.Repeat("{\"code\":0,\"message\":\"\",\"data\":{\"a\":[1,2]},\"id\":\"4711\"}<04>", 64)));
        var reader = new ReplyFrameReader();
        BytesPerRun(() =>
        {
            var buffer = new ReadOnlySequence<byte>(replies);
            var count = 0;
            while (reader.Read(ref buffer, endOfStream: false, out _) == ReplyStep.Plain)
            {
                count++;
            }

            return count;
        }).Should().Be(0);
    }

    [Fact]
    public void Writing_requests_and_replies_allocates_nothing()
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var data = "{\"srvId\":3}"u8.ToArray();
        BytesPerRun(() =>
        {
            output.ResetWrittenCount();
            for (var i = 0; i < 64; i++)
            {
                RequestWriter.Write(output, 2, data, (ulong)i, "r-1", 500);
                ReplyWriter.WritePlain(output, 0, "", data, "4711"u8);
            }

            return 64;
        }).Should().Be(0);
    }

    [Fact]
    public void The_guard_sees_a_parser_that_allocates() => BytesPerRun(() =>
    {
        JsonText.Decode("x"u8).Should().Be("x");
        return 64;
    }).Should().BeGreaterThan(0);

    private static Func<int> ReadRequests(byte[] batch)
    {
        var reader = new RequestFrameReader();
        var parser = new RequestParser();
        var text = new byte[1024];
        return () =>
        {
            var buffer = new ReadOnlySequence<byte>(batch);
            var count = 0;
            while (reader.TryRead(ref buffer, out var json, out _))
            {
                json.CopyTo(text);
                parser.Parse(text.AsSpan(0, (int)json.Length), out _);
                count++;
            }

            return count;
        };
    }

    private static long BytesPerRun(Func<int> run)
    {
        run().Should().Be(64);
        run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        run();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
