using MaoApi.Health;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Health;

public sealed class HealthBoardTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task One_that_hangs_is_unhealthy_after_its_limit_and_delays_nobody_elses_finding()
    {
        var hanging = new Dependency("jobs") { Until = new TaskCompletionSource().Task };
        var board = new HealthBoard([new Dependency("database"), hanging], _clock);

        var looking = board.LookAsync();
        await Deadlines.Until(() => _clock.PendingTimers == 2 && hanging.Looks == 1, "nobody waits for the one that hangs");
        _clock.Advance(HealthBoard.Limit);

        var checks = await looking.Within("the answer waited for the one that hangs");
        checks["database"].Status.Should().Be("healthy");
        checks["jobs"].Status.Should().Be("unhealthy");
        checks["jobs"].Ms.Should().Be(2000);
    }

    [Fact]
    public async Task A_look_that_hangs_is_not_begun_a_second_time_beside_the_first()
    {
        var hanging = new Dependency("jobs") { Until = new TaskCompletionSource().Task };
        var board = new HealthBoard([hanging], _clock);

        for (var i = 0; i < 3; i++)
        {
            var looking = board.LookAsync();
            await Deadlines.Until(() => _clock.PendingTimers >= 1 && hanging.Looks == 1, "nobody waits for the one that hangs");
            _clock.Advance(HealthBoard.Limit);
            (await looking.Within("the look had no limit"))["jobs"].Status.Should().Be("unhealthy");
        }

        hanging.Looks.Should().Be(1);
    }

    [Fact]
    public async Task What_was_found_serves_everybody_for_a_second()
    {
        var dependency = new Dependency("disk");
        var board = new HealthBoard([dependency], _clock);

        for (var i = 0; i < 100; i++)
        {
            await board.LookAsync().Within("the look did not end");
        }

        dependency.Looks.Should().Be(1);
        _clock.Advance(HealthBoard.MaxAge);
        await board.LookAsync().Within("the look did not end");
        dependency.Looks.Should().Be(2);
    }

    [Fact]
    public async Task A_fault_is_a_finding_and_passes()
    {
        var dependency = new Dependency("memory") { Fault = new IOException("no memory to be seen") };
        var board = new HealthBoard([dependency], _clock);

        (await board.LookAsync().Within("the look did not end"))["memory"].Should().Be(new HealthCheck("unhealthy", 0, "no memory to be seen"));
        dependency.Fault = null;
        _clock.Advance(HealthBoard.MaxAge);

        (await board.LookAsync().Within("the look did not end"))["memory"].Status.Should().Be("healthy");
    }

    private sealed class Dependency(string name) : IDependency
    {
        private int _looks;

        public string Name => name;

        public int Looks => Volatile.Read(ref _looks);

        public Task Until { get; init; } = Task.CompletedTask;

        public Exception? Fault { get; set; }

        public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _looks);
            await Until;
            return Fault is null ? HealthFinding.Healthy() : throw Fault;
        }
    }
}
