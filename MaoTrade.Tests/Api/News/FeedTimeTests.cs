using MaoApi.News;

namespace MaoTrade.Tests.Api.News;

public sealed class FeedTimeTests
{
    /// <summary>Examples of RFC 822, RFC 2822, RFC 3339 and the RSS specification, and what servers make of them.</summary>
    [Theory]
    [InlineData("Sat, 07 Sep 2002 00:00:01 GMT", "2002-09-07T00:00:01Z")]
    [InlineData("Sat, 07 Sep 2002 9:42:31 GMT", "2002-09-07T09:42:31Z")]
    [InlineData("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06Z")]
    [InlineData("26 Aug 76 1429 EDT", null)]
    [InlineData("26 Aug 76 14:29 EDT", "1976-08-26T18:29:00Z")]
    [InlineData("1 Jan 49 00:00 Z", "2049-01-01T00:00:00Z")]
    [InlineData("Wed, 2 Oct 2002 15:00 +02:00", "2002-10-02T13:00:00Z")]
    [InlineData("Wednesday, 02-Oct-02 13:00:00 UT", "2002-10-02T13:00:00Z")]
    [InlineData("Tue, 30 Jun 2015 23:59:60 GMT", "2015-06-30T23:59:59Z")]
    [InlineData("Thu, 29 Feb 2024 12:00:00 PST", "2024-02-29T20:00:00Z")]
    [InlineData("Thu, 29 Feb 2023 12:00:00 PST", null)]
    [InlineData("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.52Z")]
    [InlineData("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57Z")]
    [InlineData(" 2003-12-13T18:30:02.25+01:00 ", "2003-12-13T17:30:02.25Z")]
    [InlineData("2003-12-13", "2003-12-13T00:00:00Z")]
    [InlineData("Wed, 02 Oct 2002 13:00:00 XXX", null)]
    [InlineData("Wed, 02 Oct 2002 13:00:00 +9900", null)]
    [InlineData("Wed, 02 Foo 2002 13:00:00 GMT", null)]
    [InlineData("Wed, 02 Oct 0000 13:00:00 GMT", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void Times_are_read_in_both_forms(string text, string? expected)
    {
        var isTime = FeedTime.TryParse(text, out var time);

        (isTime ? time : (DateTimeOffset?)null).Should().Be(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
    }
}
