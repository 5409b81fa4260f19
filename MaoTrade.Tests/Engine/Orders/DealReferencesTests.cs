using MaoTrade.Engine.Orders;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Orders;

public sealed class DealReferencesTests
{
    [Fact]
    public void References_have_26_characters_of_Crockford_base_32() =>
        new DealReferences(new FakeClock()).Next().Should().MatchRegex("^[0-9A-HJKMNP-TV-Z]{26}$");

    [Fact]
    public void References_grow_within_one_millisecond_and_over_time()
    {
        var clock = new FakeClock();
        var source = new DealReferences(clock);
        var references = new List<string>();
        for (var i = 0; i < 1_000; i++)
        {
            references.Add(source.Next());
            if (i % 100 == 0)
            {
                clock.Advance(TimeSpan.FromMilliseconds(1));
            }
        }

        references.Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void References_still_grow_when_the_wall_clock_jumps_back()
    {
        var clock = new FakeClock();
        var source = new DealReferences(clock);
        var before = source.Next();
        clock.JumpWallClock(TimeSpan.FromHours(-1));

        string.CompareOrdinal(source.Next(), before).Should().BePositive();
    }

    [Fact]
    public void Two_sources_at_the_same_instant_do_not_meet()
    {
        var clock = new FakeClock();
        new DealReferences(clock).Next().Should().NotBe(new DealReferences(clock).Next());
    }

    [Fact]
    public void The_first_ten_characters_are_the_milliseconds()
    {
        // 2026-01-05T08:00:00Z = 1767600000000 ms; base 32 worked out by hand below.
        var milliseconds = 1_767_600_000_000L;
        var digits = new char[10];
        for (var i = 9; i >= 0; i--)
        {
            digits[i] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[(int)(milliseconds % 32)];
            milliseconds /= 32;
        }

        new DealReferences(new FakeClock()).Next()[..10].Should().Be(new string(digits));
    }
}
