using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>What the proofs by ledger rest on: a doubled, lost or altered order does not pass.</summary>
public sealed class LedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_orders_under_other_references_are_the_same()
    {
        var one = Read(Line("accepted", "A", 60), Line("filled", "A", 120), Line("accepted", "B", 180));
        var other = Read(Line("received", "X", 60), Line("accepted", "X", 60), Line("filled", "X", 120), Line("accepted", "Y", 180));

        other.Should().Equal(one);
    }

    [Fact]
    public void An_order_sent_again_under_its_reference_is_seen()
    {
        var read = () => Read(Line("accepted", "A", 60), Line("accepted", "A", 60));

        read.Should().Throw<Exception>().WithMessage("*doubled*");
    }

    [Fact]
    public void A_second_fill_is_seen()
    {
        var read = () => Read(Line("accepted", "A", 60), Line("filled", "A", 120), Line("filled", "A", 180));

        read.Should().Throw<Exception>().WithMessage("*filled before*");
    }

    [Fact]
    public void An_order_decided_twice_a_lost_one_and_an_altered_one_are_seen()
    {
        var expected = Read(Line("accepted", "A", 60), Line("filled", "A", 120));

        Read(Line("accepted", "A", 60), Line("filled", "A", 120), Line("accepted", "B", 60)).Should().NotEqual(expected);
        Read(Line("accepted", "A", 60)).Should().NotEqual(expected);
        Read(Line("accepted", "A", 60, qty: 2), Line("filled", "A", 120, qty: 2)).Should().NotEqual(expected);
        Read(Line("accepted", "A", 120), Line("filled", "A", 180)).Should().NotEqual(expected);
    }

    private List<LedgerOrder> Read(params string[] lines)
    {
        var file = _folder.File("ledger.jsonl");
        File.WriteAllLines(file, lines);
        return Ledger.Orders(file)["EURUSD"];
    }

    private static string Line(string @event, string reference, long frame, int qty = 1) =>
        $$"""{"n":1,"frame":{{frame}},"account":"demo","event":"{{@event}}","reference":"{{reference}}","epic":"EURUSD","action":0,"opType":1,"orderType":0,"qty":{{qty}},"price":1.5,"stopPrice":null}""";
}
