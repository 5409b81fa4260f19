using System.Collections.Concurrent;
using System.Globalization;

namespace MaoTrade.Tests.Simulation;

/// <summary>
/// Whole sessions from seeds. Environment: MAO_SEEDS (how many sessions, default 60), MAO_SEED (the first, default 1).
/// A broken invariant names the seed that replays it.
/// </summary>
public sealed class SimulationTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void Whatever_happens_nothing_is_lost_doubled_or_forgotten()
    {
        var seeds = FromEnvironment("MAO_SEEDS", 60);
        var first = FromEnvironment("MAO_SEED", 1);
        var reports = new ConcurrentBag<SessionReport>();
        Parallel.For(first, first + seeds, seed => reports.Add(SimulatedSession.Run(SessionPlan.Of(seed))));

        output.WriteLine($"{reports.Count} sessions, {reports.Sum(r => r.Steps)} steps, {reports.Sum(r => r.Deals)} orders at the venue");
        reports.Sum(r => r.Deals).Should().BeGreaterThan(seeds * 50, "sessions without orders prove nothing");
        reports.Where(r => r.Broken.Count > 0).OrderBy(r => r.Plan.Seed).Take(5).Select(r => $"seed {r.Plan.Seed}: {string.Join("; ", r.Broken.Take(5))}")
            .Should().BeEmpty();
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1_234)]
    public void A_seed_replays_to_the_last_bit(int seed)
    {
        var once = SimulatedSession.Run(SessionPlan.Of(seed));
        var again = SimulatedSession.Run(SessionPlan.Of(seed));

        again.Trace.Should().Be(once.Trace);
        again.Steps.Should().Be(once.Steps);
    }

    [Theory]
    [InlineData(Defect.BlindResend, "doubled")]
    [InlineData(Defect.RejectOnTimeout, "no proof")]
    [InlineData(Defect.SaveAfterSend, "before its attempt was stored")]
    public void A_broken_engine_is_seen(Defect defect, string word)
    {
        var broken = Enumerable.Range(1, 40).SelectMany(seed => SimulatedSession.Run(SessionPlan.Of(seed) with { Defect = defect }).Broken);

        broken.Should().Contain(fault => fault.Contains(word));
    }

    private static int FromEnvironment(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
