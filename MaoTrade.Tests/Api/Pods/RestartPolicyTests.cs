using MaoApi.Pods;

namespace MaoTrade.Tests.Api.Pods;

public sealed class RestartPolicyTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, nameof(RestartDecision.Leave))]
    [InlineData(64, nameof(RestartDecision.GiveUp))]
    [InlineData(75, nameof(RestartDecision.GiveUp))]
    [InlineData(70, nameof(RestartDecision.Restart))]
    [InlineData(137, nameof(RestartDecision.Restart))]
    [InlineData(null, nameof(RestartDecision.Restart))]
    public void The_exit_code_decides(int? exitCode, string decision) =>
        new RestartPolicy().Judge(exitCode, Start).Decision.ToString().Should().Be(decision);

    [Fact]
    public void More_than_five_restarts_in_ten_minutes_are_a_crash_loop()
    {
        var policy = new RestartPolicy();
        for (var i = 0; i < 5; i++)
        {
            (var decision, policy) = policy.Judge(70, Start.AddMinutes(i));
            decision.Should().Be(RestartDecision.Restart);
        }

        policy.Judge(70, Start.AddMinutes(9.9)).Decision.Should().Be(RestartDecision.GiveUp);
        policy.Judge(70, Start.AddMinutes(10)).Decision.Should().Be(RestartDecision.Restart, "the first restart is ten minutes old");
    }
}
