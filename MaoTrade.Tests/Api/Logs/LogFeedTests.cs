using MaoApi.Logs;
using Serilog.Events;
using Serilog.Parsing;

namespace MaoTrade.Tests.Api.Logs;

public sealed class LogFeedTests
{
    private static readonly MessageTemplate Text = new MessageTemplateParser().Parse("text");

    [Fact]
    public void What_does_not_fit_is_counted_and_takes_no_place_from_a_warning()
    {
        var feed = new LogFeed("maoapi");

        Emit(feed, LogEventLevel.Information, 50_000);
        Emit(feed, LogEventLevel.Error, 10);

        var taken = feed.Take(100_000);
        taken.Take(10).Should().OnlyContain(logEvent => logEvent.Level == LogEventLevel.Error, "they come first");
        feed.Dropped.Should().Be(50_010 - taken.Count).And.BeGreaterThan(40_000);
    }

    private static void Emit(LogFeed feed, LogEventLevel level, int count)
    {
        for (var i = 0; i < count; i++)
        {
            feed.Emit(new LogEvent(DateTimeOffset.UnixEpoch, level, null, Text, []));
        }
    }
}
