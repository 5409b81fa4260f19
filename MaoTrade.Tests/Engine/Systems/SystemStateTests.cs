using System.Globalization;
using MaoTrade.Engine.Systems;

namespace MaoTrade.Tests.Engine.Systems;

public sealed class SystemStateTests
{
    [Fact]
    public void Every_double_comes_back_to_the_last_bit()
    {
        var random = new Random(1);
        double[] numbers =
        [
            0.1, 1d / 3, -0d, double.Epsilon, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
            .. Enumerable.Range(0, 2_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))),
        ];
        var state = new SystemState();
        state.Set("many", numbers.AsSpan());
        state.Set("one", Math.PI);

        var back = SystemStateDocument.Read(SystemStateDocument.Write(1, state)).State;

        back.GetDoubles("many").Select(Bits).Should().Equal(numbers.Select(Bits));
        back.GetDouble("one").Should().Be(Math.PI);

        static long Bits(double number) => double.IsNaN(number) ? 0x7FF8 : BitConverter.DoubleToInt64Bits(number);
    }

    [Fact]
    public void Every_other_kind_comes_back_as_it_was()
    {
        var state = new SystemState();
        state.Set("whole", long.MaxValue);
        state.Set("exact", 1.5000m);
        state.Set("yes", true);
        state.Set("text", "a \"word\"\n\u0004");

        var back = SystemStateDocument.Read(SystemStateDocument.Write(7, state));

        back.Version.Should().Be(7);
        back.State.GetInt64("whole").Should().Be(long.MaxValue);
        back.State.GetDecimal("exact").ToString(CultureInfo.InvariantCulture).Should().Be("1.5000");
        back.State.GetBoolean("yes").Should().BeTrue();
        back.State.GetText("text").Should().Be("a \"word\"\n\u0004");
        back.State.GetInt64("absent", 3).Should().Be(3);
    }

    [Fact]
    public void A_document_that_is_altered_anywhere_is_no_state()
    {
        var state = new SystemState();
        state.Set("held", 3);
        state.Set("fast", 1.25, 2.5);
        var document = SystemStateDocument.Write(2, state);
        document.Should().StartWith("""{"format":1,"version":2,"check":""");

        for (var i = 0; i < document.Length; i++)
        {
            var altered = $"{document[..i]}{(document[i] == '7' ? '8' : '7')}{document[(i + 1)..]}";
            var read = () => SystemStateDocument.Read(altered);
            read.Should().Throw<CorruptStateException>($"character {i} was altered: {altered}");
        }

        for (var i = 0; i < document.Length; i++)
        {
            var read = () => SystemStateDocument.Read(document[..i]);
            read.Should().Throw<CorruptStateException>($"it was cut at {i}");
        }
    }

    [Fact]
    public void A_snapshot_is_what_was_there_when_it_was_taken()
    {
        var system = new ProbeSystem();
        system.State.Set("frames", 1);
        var snapshot = system.TakeSnapshot();

        system.Snapshot!.Freeze();
        system.State.Set("frames", 2);

        SystemStateDocument.Read(snapshot.Document).State.GetInt64("frames").Should().Be(1);
    }
}
