using FsCheck;
using FsCheck.Fluent;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Market;

public sealed class FrameAggregatorTests
{
    [Fact]
    public void A_candle_is_first_highest_lowest_last_and_sum()
    {
        Frame[] minutes =
        [
            new(3_600, 10, 12, 9, 11, 1), new(3_660, 11, 15, 11, 12, 2), new(7_140, 12, 12, 8, 9, 3), new(7_200, 9, 9, 9, 9, 4),
        ];

        FrameAggregator.Aggregate(minutes, 3_600).Should().Equal(new Frame(3_600, 10, 15, 8, 9, 6), new Frame(7_200, 9, 9, 9, 9, 4));
    }

    [Theory]
    [InlineData(0, 60, 0)]
    [InlineData(59, 60, 0)]
    [InlineData(60, 60, 60)]
    [InlineData(-1, 60, -60)]
    [InlineData(-60, 60, -60)]
    [InlineData(1_767_312_123, 86_400, 1_767_312_000)]
    public void Candles_begin_at_multiples_since_1970(long moment, int timeFrame, long start) =>
        FrameAggregator.StartOf(moment, timeFrame).Should().Be(start);

    [Theory]
    [InlineData(60, 3_600, true)]
    [InlineData(60, 60, true)]
    [InlineData(60, 90, false)]
    [InlineData(3_600, 60, false)]
    [InlineData(60, 0, false)]
    [InlineData(60, -60, false)]
    public void Only_multiples_can_be_put_together(int shorter, int longer, bool expected) =>
        FrameAggregator.Divides(shorter, longer).Should().Be(expected);

    [Fact]
    public void A_former_candle_closes_when_the_next_begins()
    {
        var growing = FrameAggregator.Add(null, new Frame(60, 1, 1, 1, 1, 0), 120, out var closed);
        closed.Should().BeNull();
        growing = FrameAggregator.Add(growing, new Frame(120, 2, 2, 2, 2, 0), 120, out closed);

        closed.Should().Be(new Frame(0, 1, 1, 1, 1, 0));
        growing.UnixSeconds.Should().Be(120);
        FluentActions.Invoking(() => FrameAggregator.Add(growing, new Frame(60, 1, 1, 1, 1, 0), 120, out _)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Going_over_a_length_in_between_changes_nothing()
    {
        var steps = Gen.Choose(1, 4).Select(i => i * 60).ListOf(200);
        var prices = Gen.Choose(1, 1_000).ListOf(200);
        Prop.ForAll(steps.Zip(prices).ToArbitrary(), pair =>
        {
            var at = 0L;
            var frames = pair.Item1.Zip(pair.Item2, (step, price) => new Frame(at += step, price, price + 2, price - 1, price + 1, price)).ToList();
            var direct = FrameAggregator.Aggregate(frames, 3_600).ToList();
            var steps5 = FrameAggregator.Aggregate(FrameAggregator.Aggregate(frames, 300), 3_600).ToList();
            return direct.SequenceEqual(steps5) && direct.Sum(frame => frame.Volume) == frames.Sum(frame => frame.Volume);
        }).QuickCheckThrowOnFailure();
    }
}
