using System.Net.Http.Headers;
using MaoApi.Auth;
using MaoApi.Auth.Services;
using MaoApi.Data.Entities;
using MaoTrade.Tests.Api.Auth.Services;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace MaoTrade.Tests.Api.Auth;

/// <summary>Every route of services, found by reflection, and everything that may be wrong with a service's proof.</summary>
public sealed class ServiceMatrixTests
{
    private const string Phrase = "the phrase of this installation";

    /// <summary>Of the minute the fake clock begins in; worked out with Python's hashlib.</summary>
    private const string Certificate = "yiUXLQNNbmH4kV3dURvOUnBuIZsZ2GQPiVf8ca2o858=";

    [Fact]
    public async Task No_route_runs_for_a_request_whose_signature_proves_nothing()
    {
        await using var gateway = await SignedRoutes.StartAsync();

        foreach (var route in OfServices(gateway))
        {
            foreach (var (fault, spoil) in SigningFaults.All)
            {
                var reply = await CallAsync(gateway, KeyOf(gateway, route), route, spoil);
                (reply.Status, reply.Code).Should().Be((401, 10), "{0} with {1}", Name(route), fault);
            }

            (await gateway.SendAsync(Method(route), Path(route), more: Elsewhere)).Code.Should().Be(10, Name(route));
        }

        gateway.HandlersRun.Should().Be(0);
    }

    [Fact]
    public async Task No_route_runs_twice_for_one_signature_nor_for_one_out_of_its_time()
    {
        var clock = new FakeClock();
        await using var gateway = await SignedRoutes.StartAsync(clock);
        clock.Skip(TimeSpan.FromMinutes(10));

        foreach (var route in OfServices(gateway))
        {
            var nonce = Guid.NewGuid().ToString("N");
            await UseAsync(gateway, route, clock.GetUtcNow(), nonce);
            var runs = gateway.HandlersRun;
            foreach (var (at, of) in new[] { (clock.GetUtcNow(), nonce), (clock.GetUtcNow().AddSeconds(-31), "0123456789abcdef"), (clock.GetUtcNow().AddSeconds(31), "0123456789abcdef") })
            {
                var reply = await SignAsync(gateway, route, at, of);
                (reply.Status, reply.Code, gateway.HandlersRun).Should().Be((401, 10, runs), "{0} at {1}", Name(route), at);
            }
        }
    }

    [Fact]
    public async Task No_route_runs_for_a_key_of_another_scope()
    {
        await using var gateway = await SignedRoutes.StartAsync();

        foreach (var route in OfServices(gateway))
        {
            foreach (var key in new[] { gateway.ServiceKey, gateway.MonitorKey, gateway.EngineKey }.Where(key => key != KeyOf(gateway, route)))
            {
                var reply = await CallAsync(gateway, key, route);
                (reply.Status, reply.Code).Should().Be((403, 14), "{0} with the key {1}", Name(route), key.KeyId);
            }
        }

        gateway.HandlersRun.Should().Be(0);
    }

    [Theory]
    [InlineData("revoked", 401, 10)]
    [InlineData("expired", 401, 10)]
    [InlineData("unreadable to others", 401, 10)]
    public async Task No_route_runs_for_a_key_that_is_no_longer_good(string fault, int status, int code)
    {
        await using var gateway = await SignedRoutes.StartAsync();
        await using (var context = gateway.Database())
        {
            foreach (var key in context.ServiceKeys)
            {
                key.IsActive = fault != "revoked";
                key.Expires = fault == "expired" ? DateTimeOffset.UnixEpoch : null;
                key.KeyId = fault == "unreadable to others" ? "renamed-" + key.KeyId : key.KeyId;
            }

            await context.SaveChangesAsync();
        }

        foreach (var route in OfServices(gateway))
        {
            var reply = await CallAsync(gateway, KeyOf(gateway, route), route);
            (reply.Status, reply.Code).Should().Be((status, code), Name(route));
        }

        gateway.HandlersRun.Should().Be(0);
    }

    [Fact]
    public async Task No_route_of_an_engine_runs_when_its_account_is_stopped()
    {
        await using var gateway = await SignedRoutes.StartAsync();
        await using (var context = gateway.Database())
        {
            context.Accounts.Single(account => account.AccountId == "one").IsActive = false;
            await context.SaveChangesAsync();
        }

        foreach (var route in OfServices(gateway).Where(route => Level(route) == AccessLevel.Engine))
        {
            var reply = await CallAsync(gateway, gateway.EngineKey, route);
            (reply.Status, reply.Code).Should().Be((403, 11), Name(route));
        }

        gateway.HandlersRun.Should().Be(0);
    }

    [Fact]
    public async Task No_route_runs_for_a_seen_certificate_but_where_services_read()
    {
        var clock = new FakeClock();
        await using var gateway = await SignedRoutes.StartAsync(
            clock, options => options with { ClassicCertificate = new ClassicCertificateOptions { Phrase = Phrase } });
        var closed = OfServices(gateway).Where(route => Level(route) != AccessLevel.Service
            || (Method(route) != HttpMethod.Get && Name(route) != "POST /srv/ticker/market-data")).ToList();
        closed.Should().NotBeEmpty();

        foreach (var route in closed)
        {
            var reply = await ShowAsync(gateway, route);
            (reply.Status, reply.Code).Should().Be((403, 14), Name(route));
        }

        clock.Skip(TimeSpan.FromMinutes(2));
        foreach (var route in OfServices(gateway))
        {
            var reply = await ShowAsync(gateway, route);
            (reply.Status, reply.Code).Should().Be((401, 10), Name(route));
        }

        gateway.HandlersRun.Should().Be(0);
    }

    [Fact]
    public async Task No_route_runs_for_a_user()
    {
        await using var gateway = await SignedRoutes.StartAsync();
        var personal = await gateway.PersonalTokenAsync("admin", AccessTokenScopes.Trade);
        var runs = gateway.HandlersRun;

        foreach (var route in OfServices(gateway))
        {
            foreach (var token in new[] { gateway.TokenOf("admin"), personal })
            {
                var reply = await gateway.SendAsync(Method(route), Path(route), token, Body(route), Elsewhere);
                (reply.Status, reply.Code).Should().Be((401, 10), Name(route));
            }
        }

        gateway.HandlersRun.Should().Be(runs);
    }

    private static List<RouteEndpoint> OfServices(Gateway gateway) => [.. gateway.Routes.Where(route =>
        Level(route) is AccessLevel.Service or AccessLevel.Engine or AccessLevel.Monitor or AccessLevel.LocalOrMonitor)];

    private static AccessLevel Level(RouteEndpoint route) => route.Metadata.GetMetadata<AccessRequirement>()!.Level;

    private static HttpMethod Method(RouteEndpoint route) => new(route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]);

    private static string Path(RouteEndpoint route) => route.RoutePattern.RawText!.Replace('{', 'x').Replace('}', 'x');

    private static string? Body(RouteEndpoint route) => Method(route) == HttpMethod.Get ? null : "{}";

    private static string Name(RouteEndpoint route) => $"{Method(route)} {route.RoutePattern.RawText}";

    /// <summary>What is open to callers on this machine is tried as from another.</summary>
    private static void Elsewhere(HttpRequestMessage request) => request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");

    private static ServiceKeySecret KeyOf(Gateway gateway, RouteEndpoint route) => Level(route) switch
    {
        AccessLevel.Service => gateway.ServiceKey,
        AccessLevel.Engine => gateway.EngineKey,
        _ => gateway.MonitorKey,
    };

    private static Task<Reply> CallAsync(
        Gateway gateway, ServiceKeySecret key, RouteEndpoint route, Action<HttpRequestMessage>? spoil = null) =>
        gateway.SignedAsync(key, Method(route), Path(route), Body(route), request =>
        {
            Elsewhere(request);
            spoil?.Invoke(request);
        });

    /// <summary>Uses a nonce up, whatever the route makes of its request.</summary>
    private static async Task UseAsync(Gateway gateway, RouteEndpoint route, DateTimeOffset at, string nonce)
    {
        using var request = new HttpRequestMessage(Method(route), Path(route));
        var body = Body(route) ?? "";
        request.Content = body.Length == 0 ? null : new StringContent(body, new MediaTypeHeaderValue("application/json"));
        Elsewhere(request);
        SignedRequest.Sign(request, KeyOf(gateway, route), body, at, nonce);
        using var response = await gateway.Http.SendAsync(request);
        ((int)response.StatusCode).Should().NotBe(401, Name(route));
    }

    private static Task<Reply> SignAsync(Gateway gateway, RouteEndpoint route, DateTimeOffset at, string nonce) =>
        gateway.SendAsync(Method(route), Path(route), null, Body(route), request =>
        {
            Elsewhere(request);
            SignedRequest.Sign(request, KeyOf(gateway, route), Body(route) ?? "", at, nonce);
        });

    private static Task<Reply> ShowAsync(Gateway gateway, RouteEndpoint route) =>
        gateway.SendAsync(Method(route), Path(route), null, Body(route), request =>
        {
            Elsewhere(request);
            request.Headers.TryAddWithoutValidation("service-cert", Certificate);
        });
}
