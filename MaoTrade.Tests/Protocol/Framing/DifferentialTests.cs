using System.Diagnostics;
using MaoTrade.Protocol.Framing;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Tests.Protocol.Framing;

public sealed class DifferentialTests
{
    private const int Limit = 300;
    private const int Seed = 20260105;
    private const int Rounds = 40_000;

    private static readonly string[] Bits =
    [
        "{", "}", "[", "]", ":", ",", "\"", "\"a\"", "\"a\":1", "\"service\":5", "\"data\":{}", "\"id\":\"x\"", "<04>", "<04>", "<00>", "<FF>",
        "<MARK>", "\\u0004", "\\ud83d", "\\ude00", "\\", "\\u0061", "1e400", "-0", "NaN", "null", "true", " ", "\n", "é", "<C3>", "<ED><A0><80>",
        "<EF><BB><BF>", "{\"service\":5}<04>", "{\"service\":3,\"data\":{\"a\":[{\"b\":1}]}}<04>", "{\"a\":1,\"a\":2}", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    ];

    [Fact]
    public void Two_readers_agree_on_any_bytes()
    {
        var random = new Random(Seed);
        var since = Stopwatch.GetTimestamp();
        var rounds = 0;
        for (; rounds < Rounds && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(4); rounds++)
        {
            var bytes = Make(random);
            var pieces = Cut(random, bytes);
            var expected = ReferenceParser.Read(bytes, Limit);
            var actual = Read(pieces);
            if (actual != expected)
            {
                actual.Should().Be(expected, "seed {0}, round {1}, bytes {2}", Seed, rounds, Convert.ToHexString(bytes));
            }
        }

        rounds.Should().BeGreaterThan(1000);
    }

    [Fact]
    public void The_guard_sees_a_reader_that_is_lenient()
    {
        var random = new Random(Seed);
        Enumerable.Range(0, Rounds).Select(_ => Make(random))
            .Any(bytes => Read([bytes], acceptDuplicates: true) != ReferenceParser.Read(bytes, Limit))
            .Should().BeTrue("duplicate keys occur among the inputs");
    }

    [Fact]
    public void Replies_never_throw_and_never_depend_on_the_cuts()
    {
        var random = new Random(Seed);
        for (var round = 0; round < Rounds / 4; round++)
        {
            var bytes = Make(random);
            var whole = Transcript.OfReplies([bytes], Limit);
            var cut = Transcript.OfReplies(Cut(random, bytes), Limit);
            if (whole != cut)
            {
                cut.Should().Be(whole, "seed {0}, round {1}, bytes {2}", Seed, round, Convert.ToHexString(bytes));
            }
        }
    }

    private static byte[] Make(Random random)
    {
        if (random.Next(3) == 0)
        {
            var bytes = WireBytes.Of(RequestTable.Rows[random.Next(RequestTable.Rows.Length)].Bytes);
            for (var i = random.Next(3); i > 0 && bytes.Length > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            return bytes;
        }

        return [.. Enumerable.Range(0, random.Next(1, 24)).SelectMany(_ => WireBytes.Of(Bits[random.Next(Bits.Length)]))];
    }

    private static byte[][] Cut(Random random, byte[] bytes)
    {
        var pieces = new List<byte[]>();
        for (var start = 0; start < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - start, random.Next(1, 40));
            pieces.Add(bytes[start..(start + length)]);
            start += length;
        }

        return pieces.Count == 0 ? [[]] : [.. pieces];
    }

    private static string Read(byte[][] pieces, bool acceptDuplicates = false)
    {
        var reader = new RequestFrameReader(Limit);
        var parser = new RequestParser();
        var words = new List<string>();
        byte[] waiting = [];
        foreach (var piece in pieces)
        {
            var buffer = Segments.Of(waiting, piece);
            WireViolation violation;
            while (reader.TryRead(ref buffer, out var json, out violation))
            {
                violation = parser.Parse(System.Buffers.BuffersExtensions.ToArray(json), out var head);
                if (violation == WireViolation.DuplicateKey && acceptDuplicates)
                {
                    violation = WireViolation.None;
                }

                if (violation != WireViolation.None)
                {
                    break;
                }

                words.Add(head.InvalidField == RequestField.Service ? "?" : $"{head.Service}");
            }

            if (violation != WireViolation.None)
            {
                words.Add("!");
                return string.Join(' ', words);
            }

            waiting = System.Buffers.BuffersExtensions.ToArray(buffer);
        }

        if (waiting.Length > 0)
        {
            words.Add("...");
        }

        return string.Join(' ', words);
    }
}
