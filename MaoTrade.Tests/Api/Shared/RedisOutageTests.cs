using MaoApi.Engines;
using MaoApi.Idempotency;
using MaoApi.Limits;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Shared;

/// <summary>A server that is killed, stands still, refuses, and comes back.</summary>
[NeedsRedis]
public sealed class RedisOutageTests(RedisServer server) : IClassFixture<RedisServer>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly RateBudget Two = RateBudget.Of(2, TimeSpan.FromHours(2));
    private static readonly RateKey User = RateKey.OfUser(1);

    [ContractFact]
    public async Task A_killed_server_is_one_warning_and_its_return_brings_the_shared_bucket_back()
    {
        await server.CommandAsync("FLUSHALL");
        await using var one = await SharingGateway.StartAsync(server.Options, TimeProvider.System);
        await using var other = await SharingGateway.StartAsync(server.Options, TimeProvider.System);
        (await one.Buckets.TakeAsync(User, Two)).Remaining.Should().Be(1);

        await server.KillAsync();
        (await one.Buckets.TakeAsync(User, Two)).Remaining.Should().Be(0, "its own bucket holds what was drawn here before");
        (await one.Buckets.TakeAsync(User, Two)).Allowed.Should().BeFalse();
        (await other.Buckets.TakeAsync(User, Two)).Remaining.Should().Be(1, "each counts for itself");
        await one.Link.ProbeAsync();
        one.Warnings.Should().ContainSingle().Which.Should().Contain("127.0.0.1");
        one.Link.IsThere.Should().BeFalse();

        await server.StartAsync();
        await BackAsync(one);
        await BackAsync(other);
        (await one.Buckets.TakeAsync(User, Two)).Remaining.Should().Be(1, "the new server knows nothing");
        (await other.Buckets.TakeAsync(User, Two)).Remaining.Should().Be(0, "shared again");
        one.Warnings.Should().ContainSingle();
        one.Log.All.Should().ContainSingle(line => line.Contains(" is back after ", StringComparison.Ordinal));
    }

    [ContractFact]
    public async Task A_server_that_stands_still_holds_one_question_for_the_time_that_was_set_and_none_after_it()
    {
        await server.CommandAsync("FLUSHALL");
        await using var gateway = await SharingGateway.StartAsync(server.Options with { Patience = TimeSpan.FromSeconds(1) }, TimeProvider.System);
        await BackAsync(gateway);
        server.Signal("STOP");
        try
        {
            (await gateway.Buckets.TakeAsync(User, Two).AsTask().Within("the request waited for the server")).Allowed.Should().BeTrue();
            var next = gateway.Buckets.TakeAsync(User, Two).AsTask();
            next.IsCompleted.Should().BeTrue("nobody waits for a server that is known to be away");
            (await next).Allowed.Should().BeTrue();
            gateway.Warnings.Should().ContainSingle().Which.Should().Contain("no answer within 1000 ms");
        }
        finally
        {
            server.Signal("CONT");
        }

        await BackAsync(gateway);
    }

    [ContractFact]
    public async Task A_server_that_is_full_refuses_nobody()
    {
        await using var gateway = await SharingGateway.StartAsync(server.Options, TimeProvider.System);
        await server.CommandAsync("CONFIG", "SET", "maxmemory", "1");
        try
        {
            (await gateway.Buckets.TakeAsync(RateKey.OfUser(77), Two)).Allowed.Should().BeTrue();
            gateway.Warnings.Should().ContainSingle().Which.Should().Contain("OOM");
        }
        finally
        {
            await server.CommandAsync("CONFIG", "SET", "maxmemory", "0");
        }
    }

    [ContractFact]
    public async Task A_wrong_password_is_told_without_it()
    {
        await server.CommandAsync("CONFIG", "SET", "requirepass", "right");
        try
        {
            await using var gateway = await SharingGateway.StartAsync(server.Options with { Password = "wrong-secret" }, TimeProvider.System);
            gateway.Link.IsThere.Should().BeFalse();
            gateway.Warnings.Should().ContainSingle().Which.Should().NotContain("wrong-secret");
            await using var allowed = await SharingGateway.StartAsync(server.Options with { Password = "right" }, TimeProvider.System);
            allowed.Link.IsThere.Should().BeTrue();
        }
        finally
        {
            await server.CommandAsync("AUTH", "right");
            await server.KillAsync();
            await server.StartAsync();
        }
    }

    [ContractFact]
    public async Task A_call_that_began_before_the_outage_ends_in_it_and_five_outages_open_the_own_circuit()
    {
        await server.CommandAsync("FLUSHALL");
        await using var gateway = await SharingGateway.StartAsync(server.Options, TimeProvider.System);
        var pass = await gateway.Circuit.BeginAsync();
        await server.KillAsync();
        await gateway.Circuit.EndAsync(pass, CallVerdict.Outage);
        for (var i = 0; i < 4; i++)
        {
            (await gateway.Circuit.BeginAsync()).Allowed.Should().BeTrue();
            await gateway.Circuit.EndAsync(default, CallVerdict.Outage);
        }

        (await gateway.Circuit.BeginAsync()).Allowed.Should().BeFalse();
        gateway.Circuit.State.Should().Be(1);
        await server.StartAsync();
        await BackAsync(gateway);
        (await gateway.Circuit.BeginAsync()).Allowed.Should().BeTrue("the circuit of all is another one");
    }

    [ContractFact]
    public async Task A_request_is_held_by_one_gateway_until_it_ends_or_the_gateway_is_gone()
    {
        await server.CommandAsync("FLUSHALL");
        await using var one = await SharingGateway.StartAsync(server.Options);
        await using var other = await SharingGateway.StartAsync(server.Options);
        var key = new IdempotencyKey("user 1", "key-0001");

        (await one.Running.TryBeginAsync(key)).Should().BeTrue();
        (await other.Running.TryBeginAsync(key)).Should().BeFalse();
        (await one.Running.TryBeginAsync(key)).Should().BeFalse("it is under way here");
        await one.Running.EndAsync(key);
        (await other.Running.TryBeginAsync(key)).Should().BeTrue();

        await server.PassAsync(SharedRunningRequests.Lease);
        (await one.Running.TryBeginAsync(key)).Should().BeTrue("a gateway that was killed renews nothing");
        await other.Running.EndAsync(key);
        (await server.CommandAsync("DBSIZE")).Should().StartWith(":1", "who held it before lets nobody else's go");
    }

    private static Task BackAsync(SharingGateway gateway) => Until.TrueAsync("the server is back", Deadline, async () =>
    {
        await gateway.Link.ProbeAsync();
        return gateway.Link.IsThere;
    });
}
