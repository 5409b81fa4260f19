using System.Diagnostics;
using System.Text;
using MaoApi.News;

namespace MaoTrade.Tests.Api.News;

public sealed class FeedReaderTests
{
    private static readonly Uri Address = new("https://news.test/feeds/fx.xml");

    [Fact]
    public void Rss_2_is_read_with_its_pictures()
    {
        var document = Read(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
              <channel>
                <title>Channel</title><link>https://news.test/</link><image><title>Logo</title><url>https://news.test/logo.png</url></image>
                <atom:link href="https://news.test/feeds/fx.xml" rel="self"/>
                <item>
                  <title>Euro rises &amp;amp; dollar falls</title><link>https://news.test/1</link><guid isPermaLink="false">n-1</guid>
                  <pubDate>Sat, 07 Sep 2002 09:42:31 GMT</pubDate><enclosure url="/1.jpg" type="image/jpeg" length="1"/>
                </item>
                <item><title>No date, its guid is its link</title><guid>https://news.test/2</guid><media:thumbnail url="https://news.test/2.png"/></item>
                <item><media:title>Picture</media:title><title>Media</title><link>3</link><dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2002-09-07</dc:date></item>
              </channel>
            </rss>
            """);

        document.Faults.Should().BeEmpty();
        document.Items.Should().Equal(
            new FeedItem("Euro rises & dollar falls", "https://news.test/1", "n-1", "https://news.test/1.jpg", new(2002, 9, 7, 9, 42, 31, TimeSpan.Zero)),
            new FeedItem("No date, its guid is its link", "https://news.test/2", "https://news.test/2", "https://news.test/2.png", null),
            new FeedItem("Media", "https://news.test/feeds/3", null, null, new(2002, 9, 7, 0, 0, 0, TimeSpan.Zero)));
    }

    /// <summary>The example of RFC 4287, 1.1, with a title in XHTML.</summary>
    [Fact]
    public void Atom_is_read()
    {
        var document = Read(
            """
            <feed xmlns="http://www.w3.org/2005/Atom">
              <title>dive into mark</title>
              <entry>
                <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Atom <em>draft</em>-07 snapshot</div></title>
                <link rel="alternate" type="text/html" href="http://example.org/2005/04/02/atom"/>
                <link rel="enclosure" type="audio/mpeg" length="1337" href="http://example.org/audio/ph34r_my_podcast.mp3"/>
                <source><title>Not mine</title><id>x</id></source>
                <id>tag:example.org,2003:3.2397</id>
                <updated>2005-07-31T12:29:29Z</updated><published>2003-12-13T08:29:29-04:00</published>
              </entry>
            </feed>
            """);

        document.Faults.Should().BeEmpty();
        document.Items.Should().Equal(new FeedItem(
            "Atom draft-07 snapshot", "http://example.org/2005/04/02/atom", "tag:example.org,2003:3.2397", null, new(2003, 12, 13, 12, 29, 29, TimeSpan.Zero)));
    }

    [Fact]
    public void Rss_1_is_read()
    {
        var document = Read(
            """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
              <channel rdf:about="https://news.test/"><title>C</title></channel>
              <item rdf:about="https://news.test/1"><title>One</title><link>https://news.test/1</link><dc:date>2026-01-05T10:00+01:00</dc:date></item>
            </rdf:RDF>
            """);

        document.Items.Should().Equal(new FeedItem("One", "https://news.test/1", null, null, new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void What_is_bad_is_named_with_its_line_and_the_rest_is_kept()
    {
        var document = Read(
            """
            <rss><channel>
            <item><title>Good</title><link>https://news.test/1</link></item>
            <item><title>  </title><link>https://news.test/2</link></item>
            <item><title>Script</title><link>javascript:alert(1)</link></item>
            <item><title>Bad time</title><link>https://news.test/3</link><pubDate>soon</pubDate></item>
            <item><title>Also good</title><link>https://news.test/4</link></item>
            <item><title>Broken</wrong></item>
            """);

        document.Items.Select(item => item.Title).Should().Equal("Good", "Also good");
        document.Faults.Select(fault => fault.Line).Should().Equal(3, 4, 5, 7);
        document.Faults.Select(fault => fault.Message).Take(3).Should().Equal(
            "an item without a title", "'Script' has no http or https link", "'Bad time': 'soon' is neither an RFC 822 nor an ISO 8601 time");
        document.Faults[3].Message.Should().EndWith("What follows was not read.");
    }

    [Theory]
    [InlineData("&lt;b&gt;Bold&lt;/b&gt; move", "Bold move")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;Up", "Up")]
    [InlineData("&amp;lt;img src=x onerror=alert(1)&amp;gt;Up", "Up")]
    [InlineData("&amp;amp;lt;script&amp;amp;gt;x&amp;amp;lt;/script&amp;amp;gt;Up", "Up")]
    [InlineData("<![CDATA[<a href='x'>EUR</a>/USD]]>", "EUR/USD")]
    [InlineData("<![CDATA[First<br/>second<!-- third --> fourth <?php x ?><style>p{}</style>]]>", "First second fourth")]
    [InlineData("EUR &lt; 1.05 &amp; falling", "EUR < 1.05 & falling")]
    [InlineData("up\n  and\tdown", "up and down")]
    [InlineData("a&#x202E;b&#x200B;c&#7;d", "a b c d")]
    [InlineData("&lt;img src=x onerror=alert(1)", null)]
    public void Titles_are_plain_text(string title, string? expected)
    {
        var document = Read($"<rss><item><title>{title}</title><link>https://news.test/1</link></item></rss>");

        document.Items.SingleOrDefault()?.Title.Should().Be(expected);
        (document.Items.Count == 0).Should().Be(expected is null);
    }

    [Fact]
    public void A_long_title_is_cut_between_characters()
    {
        var title = string.Concat(Enumerable.Repeat("🪙", 400));

        Read($"<rss><item><title>{title}</title><link>https://news.test/1</link></item></rss>").Items.Single().Title
            .Should().Be(string.Concat(Enumerable.Repeat("🪙", 250)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Not found</body></html>")]
    [InlineData("{\"items\":[]}")]
    [InlineData("<!DOCTYPE lolz [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><rss><item><title>&b;</title><link>https://x/</link></item></rss>")]
    [InlineData("<!DOCTYPE r SYSTEM \"file:///etc/passwd\"><rss><item><title>x</title><link>https://x/</link></item></rss>")]
    [InlineData("<rss><item><title>&xxe;</title><link>https://news.test/1</link></item></rss>")]
    public void What_is_no_feed_or_more_than_one_has_no_items_and_a_reason(string text)
    {
        var document = Read(text);

        document.Items.Should().BeEmpty();
        document.Faults.Should().ContainSingle();
    }

    [Fact]
    public void Depth_and_tags_without_end_cost_no_time()
    {
        var watch = Stopwatch.StartNew();

        var deep = Read($"<rss><item><title>{string.Concat(Enumerable.Repeat("<x>", 400_000))}");
        var open = Read($"<rss><item><title><![CDATA[{string.Concat(Enumerable.Repeat("<!--<script>", 150_000))}]]></title><link>https://news.test/1</link></item></rss>");

        deep.Faults.Should().ContainSingle().Which.Message.Should().Contain("more than 64 deep");
        open.Items.Should().BeEmpty();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("ISO-8859-1", null, "ISO-8859-1", false)]
    [InlineData("windows-1252", null, "windows-1252", false)]
    [InlineData("utf-8", "windows-1252", "windows-1252", false)]
    [InlineData("utf-16", null, "utf-16", false)]
    [InlineData("utf-8", null, "ISO-8859-1", true)]
    [InlineData("klingon", null, "ISO-8859-1", true)]
    public void The_encoding_is_what_server_and_document_say_and_a_wrong_one_is_survived(string declared, string? charset, string actual, bool isFault)
    {
        // The reader's own table of encodings is in use, too.
        FeedReader.Read([], null, null);
        var encoding = Encoding.GetEncoding(actual);
        var text = $"""<?xml version="1.0" encoding="{declared}"?><rss><item><title>Börse Zürich</title><link>https://news.test/1</link></item></rss>""";

        var document = FeedReader.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], charset, Address);

        document.Items.Single().Title.Should().Be("Börse Zürich");
        document.Faults.Should().HaveCount(isFault ? 1 : 0);
    }

    private static FeedDocument Read(string text) => FeedReader.Read(Encoding.UTF8.GetBytes(text), null, Address);
}
