using MaoTrade.Engine.Trading;

namespace MaoTrade.Tests.Engine.Trading;

public sealed class RowMapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1_000)]
    public void Rows_are_found_replaced_in_place_and_listed_in_the_order_of_their_first_writing(int count)
    {
        var rows = new RowMap<int>();
        for (var i = 0; i < count; i++)
        {
            rows[$"k{i}"] = i;
        }

        rows["k0"] = -1;

        rows.Count.Should().Be(count);
        rows.Select(row => row.Key).Should().Equal(Enumerable.Range(0, count).Select(i => $"k{i}"));
        rows.Values.Should().Equal(Enumerable.Range(0, count).Select(i => i == 0 ? -1 : i));
        rows[$"k{count - 1}"].Should().Be(count == 1 ? -1 : count - 1);
        rows.TryGetValue($"k{count}", out _).Should().BeFalse();
        rows.Invoking(map => map["none"]).Should().Throw<KeyNotFoundException>();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(300)]
    public void Cleared_it_knows_no_row_and_takes_new_ones(int count)
    {
        var rows = new RowMap<int>();
        for (var i = 0; i < count; i++)
        {
            rows[$"k{i}"] = i;
        }

        rows.Clear();

        rows.Count.Should().Be(0);
        rows.TryGetValue("k0", out _).Should().BeFalse();
        rows["k1"] = 7;
        rows.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("k1", 7));
    }
}
