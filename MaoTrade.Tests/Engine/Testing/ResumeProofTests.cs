using MaoTrade.Engine.Testing;

namespace MaoTrade.Tests.Engine.Testing;

public sealed class ResumeProofTests
{
    [Theory]
    [InlineData("MacdCrossover", """{"fast_period":3,"slow_period":7,"stop_percent":0.5}""", 20)]
    [InlineData("FUTM", """{"signal":"BUY","qty":5,"stop_percent":1}""", 2)]
    public void A_built_in_system_trades_the_same_after_a_resume_at_any_bar(string system, string parameters, int leastOrders)
    {
        var plan = Plans.BuiltIn(system, parameters, Plans.Walk(400));
        var whole = plan.Run();
        whole.Orders.Count.Should().BeGreaterThanOrEqualTo(leastOrders, "without orders nothing is proven");

        ResumeProof.Differing(whole, null, CancellationToken.None).Should().BeEmpty();
    }

    [Fact]
    public void A_reversal_under_way_survives_a_resume()
    {
        var whole = Plans.Script("1:B,3:S,5:B@99,7:F", Plans.Walk(12)).Run();
        whole.Orders.Should().HaveCount(6);

        ResumeProof.Differing(whole, null, CancellationToken.None).Should().BeEmpty();
    }

    [Fact]
    public void A_system_that_forgets_is_found_out_at_the_bars_where_it_matters()
    {
        var plan = Plans.Script("", Plans.Walk(10)) with { System = "Forgetful", Params = System.Text.Json.JsonDocument.Parse("{}").RootElement };

        ResumeProof.Differing(plan.Run(), null, CancellationToken.None).Should().Equal(
            [1, 2, 3, 5, 6, 7], "after 4 and 8 bars its count stands at 0 anyway, and after 8 no decision is left");
    }
}
