namespace MaoTrade.Tests.Protocol.Framing;

public sealed class FrameReaderTests
{
    [Theory]
    [MemberData(nameof(RequestTable.Names), MemberType = typeof(RequestTable))]
    public void A_request_means_the_same_wherever_it_is_cut(string name)
    {
        var (_, text, expected) = RequestTable.Row(name);
        var bytes = WireBytes.Of(text);
        foreach (var pieces in Segments.Partitions(bytes))
        {
            var actual = Transcript.OfRequests(pieces);
            if (actual != expected)
            {
                actual.Should().Be(expected, "cut into {0}", string.Join(',', pieces.Select(piece => piece.Length)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(ReplyTable.Names), MemberType = typeof(ReplyTable))]
    public void A_reply_means_the_same_wherever_it_is_cut(string name)
    {
        var (_, text, expected) = ReplyTable.Row(name);
        var bytes = WireBytes.Of(text);
        foreach (var pieces in Segments.Partitions(bytes))
        {
            var actual = Transcript.OfReplies(pieces);
            if (actual != expected)
            {
                actual.Should().Be(expected, "cut into {0}", string.Join(',', pieces.Select(piece => piece.Length)));
            }
        }
    }

    [Theory]
    [InlineData(-1, "5")]
    [InlineData(0, "5")]
    [InlineData(1, "! TooLarge")]
    public void The_limit_is_the_last_size_that_passes(int over, string expected)
    {
        const int Limit = 4096;
        var request = "{\"service\":5,\"x\":\"\"}";
        request = request.Insert(request.Length - 2, new string('y', Limit + over - request.Length));
        foreach (var piece in (int[])[1, 7, 1024, Limit, Limit + 1, Limit * 2])
        {
            var pieces = WireBytes.Of(request + "<04>").Chunk(piece).ToArray();
            Transcript.OfRequests(pieces, Limit).Should().Be(expected, "in pieces of {0}", piece);
        }
    }

    [Fact]
    public void Too_much_without_a_terminator_is_refused_before_more_is_kept()
    {
        Transcript.OfRequests([new byte[4096].Select(_ => (byte)'1').ToArray()], 4096).Should().Be("...");
        Transcript.OfRequests([new byte[4097].Select(_ => (byte)'1').ToArray()], 4096).Should().Be("! TooLarge");
        Transcript.OfReplies([new byte[4097].Select(_ => (byte)'1').ToArray()], 4096).Should().Be("! TooLarge");
    }

    [Fact]
    public void Thirty_two_requests_in_one_packet_are_thirty_two_requests()
    {
        var bytes = WireBytes.Of(string.Concat(Enumerable.Range(0, 32).Select(i => $"{{\"service\":5,\"id\":\"{i}\"}}<04>")));
        Transcript.OfRequests([bytes]).Should().Be(string.Join(" | ", Enumerable.Range(0, 32).Select(i => $"5 id={i}")));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void Absurd_nesting_is_named_and_not_followed(int depth) =>
        Transcript.OfRequests([WireBytes.Of("{\"service\":5,\"x\":" + new string('[', depth) + "<04>")]).Should().Be("! TooDeep");

    [Fact]
    public void A_number_of_a_million_digits_is_only_long()
    {
        var number = new string('9', 1_000_000);
        Transcript.OfRequests([WireBytes.Of("{\"service\":5,\"x\":" + number + "}<04>")]).Should().Be("5");
        Transcript.OfRequests([WireBytes.Of("{\"service\":" + number + "}<04>")]).Should().Be("0 bad Service");
        Transcript.OfRequests([WireBytes.Of("{\"service\":5,\"x\":" + new string('9', 10_000_000) + "}<04>")]).Should().Be("! TooLarge");
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(500)]
    [InlineData(90_000)]
    public void A_duplicate_is_found_among_any_number_of_names(int names)
    {
        var members = string.Concat(Enumerable.Range(0, names).Select(i => $"\"n{i}\":1,"));
        Transcript.OfRequests([WireBytes.Of("{" + members + "\"service\":5}<04>")]).Should().Be("5");
        Transcript.OfRequests([WireBytes.Of("{" + members + $"\"n{names / 2}\":1,\"service\":5}}<04>")]).Should().Be("! DuplicateKey");
        Transcript.OfRequests([WireBytes.Of("{" + members + $"\"\\u006e{names - 1}\":1,\"service\":5}}<04>")]).Should().Be("! DuplicateKey");
    }

    [Fact]
    public void Names_of_closed_objects_are_forgotten_in_objects_of_any_size()
    {
        var inner = "{" + string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"n{i}\":1")) + "}";
        var text = "{\"service\":5,\"x\":[" + string.Join(',', Enumerable.Repeat(inner, 20)) + "],"
            + string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"n{i}\":{inner}")) + "}";
        Transcript.OfRequests([WireBytes.Of(text + "<04>")]).Should().Be("5");
        Transcript.OfRequests([WireBytes.Of(text[..^1] + ",\"n3\":1}<04>")]).Should().Be("! DuplicateKey");
    }
}
