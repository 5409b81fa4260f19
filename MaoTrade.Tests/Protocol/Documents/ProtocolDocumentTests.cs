using System.Buffers;
using System.Text.RegularExpressions;
using MaoTrade.Protocol.Messages;
using MaoTrade.Tests.Protocol.Framing;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Protocol.Documents;

/// <summary>The hexadecimal examples of PROTOCOL.md: one table drives the writers, the readers and the page.</summary>
public sealed partial class ProtocolDocumentTests
{
    private static readonly (string Name, Action<IBufferWriter<byte>> Write, string Read, bool IsRequest)[] Golden =
    [
        ("classic-request", output => RequestWriter.Write(output, 5, default, null, null, 10_000), "5 {}", true),
        ("classic-reply", output => ReplyWriter.WritePlain(output, 0, "", default, default), "0 {}", false),
        ("pipelined-request", output => RequestWriter.Write(output, 2, "{\"srvId\":3}"u8, 17, "r-1", 2500), "2 {\"srvId\":3} id=17 rid=r-1 ttl=2500", true),
        ("pipelined-reply", output => ReplyWriter.WritePlain(output, 404, "no such day", default, "17"u8), "404 'no such day' {} id=17", false),
        ("payload-reply", WritePayload, "0 {\"binary_transfer\":true,\"fileName\":\"a.zip\",\"contentType\":\"application/zip\",\"size\":3,\"sha256\":\"\"} id=18 +3:610462", false),
        ("empty-marker", output => output.Write(WireBytes.Of("{\"code\":0,\"message\":\"\",\"data\":{}}<MARK><00><00><00><00>")), "0 {}", false),
        ("subscribe-request", output => RequestWriter.Write(output, 5, "{\"op\":\"subscribe\",\"channels\":[\"orders\"],\"from\":{\"orders\":7}}"u8, 19, "r-2", 10_000),
            "5 {\"op\":\"subscribe\",\"channels\":[\"orders\"],\"from\":{\"orders\":7}} id=19 rid=r-2", true),
        ("live-reply", output => ReplyWriter.WriteStreamed(output, 0, "", Gap, "19"u8, more: true),
            "0 {\"channel\":\"orders\",\"seq\":8,\"type\":\"gap\",\"at\":\"2026-11-21T09:00:00.000Z\",\"data\":{}} id=19 more", false),
        ("live-end", output => ReplyWriter.WriteStreamed(output, 429, "too slow", default, "19"u8, more: false), "429 'too slow' {} id=19", false),
        ("refusal", output => ReplyWriter.WritePlain(output, 400, "the request is empty", default, default), "400 'the request is empty' {}", false),
    ];

    public static TheoryData<string> Names => [.. Golden.Select(row => row.Name)];

    [Fact]
    public void The_page_has_an_example_for_each_row_and_no_other() =>
        Examples().Keys.Should().BeEquivalentTo(Golden.Select(row => row.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_writers_write_what_the_page_shows(string name)
    {
        var output = new ArrayBufferWriter<byte>();
        Golden.Single(row => row.Name == name).Write(output);
        Convert.ToHexString(output.WrittenSpan).Should().Be(Examples()[name]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_readers_read_what_the_page_shows_wherever_it_is_cut(string name)
    {
        var (_, _, expected, isRequest) = Golden.Single(row => row.Name == name);
        foreach (var pieces in Segments.Partitions(Convert.FromHexString(Examples()[name])))
        {
            (isRequest ? Transcript.OfRequests(pieces) : Transcript.OfReplies(pieces)).Should().Be(expected);
        }
    }

    [Fact]
    public void The_page_lists_every_code_and_every_result()
    {
        var page = Page();
        foreach (var code in typeof(ReplyCode).GetFields().Select(field => field.GetRawConstantValue()))
        {
            page.Should().Contain($"\n| {code} | ");
        }

        foreach (var result in Enum.GetNames<MaoTrade.Protocol.Client.ProxyResult>())
        {
            page.Should().Contain($"\n| `{result}` | ");
        }
    }

    private static ReadOnlySpan<byte> Gap =>
        "{\"channel\":\"orders\",\"seq\":8,\"type\":\"gap\",\"at\":\"2026-11-21T09:00:00.000Z\",\"data\":{}}"u8;

    private static void WritePayload(IBufferWriter<byte> output)
    {
        ReplyWriter.WritePayloadHead(output, 0, "", new PayloadHead("a.zip", "application/zip", 3, ""), "18"u8);
        output.Write<byte>([0x61, 0x04, 0x62]);
    }

    private static string Page() => File.ReadAllText(Path.Combine(Repository.Root, "MaoTrade.Protocol", "PROTOCOL.md"));

    private static Dictionary<string, string> Examples() => Example().Matches(Page())
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["bytes"].Value.Replace(" ", "", StringComparison.Ordinal)
            .Replace("\n", "", StringComparison.Ordinal), StringComparer.Ordinal);

    [GeneratedRegex("^```hex (?<name>[a-z-]+)\n(?<bytes>[0-9A-F \n]*)```$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Example();
}
