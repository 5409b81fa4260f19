using MaoApi.Engines;
using MaoTrade.Tests.Api.Shared;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Engines;

[NeedsRedis]
public sealed class RedisCircuitTests(RedisServer server) : CircuitContract, IClassFixture<RedisServer>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private SharingGateway? _one;
    private SharingGateway? _other;

    private protected override ICircuit One => _one!.Circuit;

    private protected override ICircuit Other => _other!.Circuit;

    public async Task InitializeAsync()
    {
        await server.CommandAsync("FLUSHALL");
        _one = await SharingGateway.StartAsync(server.Options, _clock);
        _other = await SharingGateway.StartAsync(server.Options, new FakeClock(DateTimeOffset.UnixEpoch));
    }

    public async Task DisposeAsync()
    {
        var warnings = _one!.Warnings.Concat(_other!.Warnings).ToList();
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        warnings.Should().BeEmpty("the server decided, not the gateways' own circuits");
    }

    [ContractFact]
    public async Task A_trial_of_a_gateway_that_was_killed_makes_room_after_a_while_and_its_late_end_says_nothing()
    {
        await OpenAsync();
        await PassAsync(TimeSpan.FromSeconds(60));
        var lost = await One.BeginAsync();
        await PassAsync(TimeSpan.FromSeconds(85));
        (await Other.BeginAsync()).Allowed.Should().BeFalse();

        await PassAsync(TimeSpan.FromSeconds(6));
        var next = await Other.BeginAsync();
        await One.EndAsync(lost, CallVerdict.Answered);
        await One.EndAsync(lost, CallVerdict.Outage);

        (lost.Allowed, next.Allowed).Should().Be((true, true));
        (await One.BeginAsync()).Allowed.Should().BeFalse("the second trial is under way");
        await Other.EndAsync(next, CallVerdict.Unknown);
        (await One.BeginAsync()).Allowed.Should().BeTrue();
    }

    [ContractFact]
    public async Task A_clock_of_the_server_that_was_set_back_opens_nothing_for_longer()
    {
        await OpenAsync();
        await PassAsync(TimeSpan.FromHours(-24));

        (await One.BeginAsync()).Allowed.Should().BeFalse();
        One.RetryAfter.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(60));
        await PassAsync(TimeSpan.FromSeconds(60));
        (await One.BeginAsync()).Allowed.Should().BeTrue();
    }

    [ContractFact]
    public async Task A_circuit_nobody_asks_is_forgotten()
    {
        await OpenAsync();
        await PassAsync(TimeSpan.FromMinutes(61));

        (await server.CommandAsync("DBSIZE")).Should().StartWith(":0");
        (await One.BeginAsync()).Trial.Should().Be(0);
    }

    private protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return server.PassAsync(time);
    }
}
