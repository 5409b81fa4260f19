using System.Text;
using MaoApi.Limits;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace MaoTrade.Tests.Api.BadInput;

/// <summary>Every route that reaches an engine, with every way an engine can fail: exact code, nothing shown, nothing done twice.</summary>
public sealed class EngineMatrixTests
{
    /// <summary>Those of administrators that reach one engine; the others change pods or tell of several accounts at once.</summary>
    private static readonly string[] OfAdministrators = ["POST /admin/logmt", "POST /admin/orders/resolve"];

    public static TheoryData<string, int, int> Faults => new()
    {
        { "closes", 502, 42 },
        { "garbage", 502, 42 },
        { "half", 502, 42 },
        { "400", 422, 30 },
        { "404", 404, 20 },
        { "409", 409, 22 },
        { "429", 429, 43 },
        { "460", 422, 25 },
        { "500", 502, 44 },
        { "503", 503, 43 },
        { "504", 504, 41 },
        { "999", 502, 44 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task An_engine_that_fails_is_told_by_its_code_at_every_route(string fault, int status, int code)
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        foreach (var route in await RoutesToEnginesAsync(gateway, clock))
        {
            // Past the open circuit of the fault before.
            clock.Skip(TimeSpan.FromSeconds(61));
            gateway.Engine.Answer = _ => Reply(fault);

            var reply = await CallAsync(gateway, route, clock);

            (reply.Status, reply.Code).Should().Be((status, code), "{0} when the engine answers {1}: {2}", route.Name(), fault, reply.Text);
            reply.MustShowNothing(route.Name());
        }
    }

    [Fact]
    public async Task A_dead_engine_is_502_40_at_every_route()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        var routes = await RoutesToEnginesAsync(gateway, clock);
        await gateway.Engine.DisposeAsync();
        foreach (var route in routes)
        {
            clock.Skip(TimeSpan.FromSeconds(61));

            var reply = await CallAsync(gateway, route, clock);

            (reply.Status, reply.Code).Should().Be((502, 40), "{0}: {1}", route.Name(), reply.Text);
        }
    }

    [Fact]
    public async Task A_stopped_engine_is_503_46_at_every_route_and_is_not_asked()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        var routes = await RoutesToEnginesAsync(gateway, clock);
        await using (var context = gateway.Database())
        {
            var account = context.Accounts.Single(row => row.AccountId == "one");
            context.Add(new MaoApi.Data.Entities.Pod { Account = account, Name = "mt-one", WantedState = "stopped", State = "stopped" });
            await context.SaveChangesAsync();
        }

        clock.Advance(TimeSpan.FromSeconds(11));
        var before = gateway.Engine.Received;
        foreach (var route in routes)
        {
            var reply = await CallAsync(gateway, route, clock);
            (reply.Status, reply.Code).Should().Be((503, 46), "{0}: {1}", route.Name(), reply.Text);
        }

        gateway.Engine.Received.Should().Be(before);
    }

    private static FakeReply Reply(string fault) => fault switch
    {
        "closes" => FakeReply.Close,
        "garbage" => new FakeReply { Raw = "HTTP/1.1 400 Bad Request\r\n\r\n\u0004"u8.ToArray() },
        "half" => new FakeReply { Raw = "{\"code\":0,\"message\":\"\",\"da"u8.ToArray() },
        var code => FakeReply.Refused(int.Parse(code), "no"),
    };

    /// <summary>Found by asking: every route for which an engine hears something.</summary>
    private static async Task<List<RouteEndpoint>> RoutesToEnginesAsync(Gateway gateway, FakeClock clock)
    {
        var found = new List<RouteEndpoint>();
        foreach (var route in gateway.Routes.Where(route =>
            (route.Name().Contains("/clientmt/", StringComparison.Ordinal) || OfAdministrators.Contains(route.Name()))
            && route.Metadata.GetMetadata<RequestBounds>() is null or { Counted: true }))
        {
            var before = gateway.Engine.Received;
            gateway.Engine.Answer = _ => FakeReply.Refused(404, "no");
            await CallAsync(gateway, route, clock);
            if (gateway.Engine.Received > before)
            {
                found.Add(route);
            }
        }

        found.Should().HaveCountGreaterThan(8);
        return found;
    }

    /// <summary>Calls while the clock goes on: a retry waits for it.</summary>
    private static async Task<RawReply> CallAsync(Gateway gateway, RouteEndpoint route, FakeClock clock)
    {
        var body = route.Example() is { } example ? Encoding.UTF8.GetBytes(example.ToJsonString()) : null;
        var call = gateway.CallAsync(route, body, clock.GetUtcNow(), route.Method() == HttpMethod.Get ? "?accountId=one&period=7d" : "");
        await Deadlines.Until(
            () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(50));
                return call.IsCompleted;
            },
            $"{route.Name()} did not answer");
        return await call;
    }
}
