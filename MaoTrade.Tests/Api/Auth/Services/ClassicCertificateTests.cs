using MaoApi.Auth;
using MaoApi.Auth.Services;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace MaoTrade.Tests.Api.Auth.Services;

public sealed class ClassicCertificateTests
{
    private const string Phrase = "the phrase of this installation";

    /// <summary>Of 08:00 on 2026-01-05, where the fake clock begins; worked out with Python's hashlib.</summary>
    private const string AtEight = "yiUXLQNNbmH4kV3dURvOUnBuIZsZ2GQPiVf8ca2o858=";

    private const string AMinuteBefore = "XijUBUxknoxDbfGOeUU7P3sf6qrUWCtyqRc+JA52VJU=";

    [Theory]
    [InlineData(0, AtEight, 200)]
    [InlineData(0, AMinuteBefore, 200)]
    [InlineData(59, AMinuteBefore, 200)]
    [InlineData(60, AMinuteBefore, 401)]
    [InlineData(119, AtEight, 200)]
    [InlineData(120, AtEight, 401)]
    [InlineData(-1, AtEight, 401)]
    [InlineData(0, "", 401)]
    [InlineData(0, "ziUXLQNNbmH4kV3dURvOUnBuIZsZ2GQPiVf8ca2o858=", 401)]
    [InlineData(0, "yiUXLQNNbmH4kV3dURvOUnBuIZsZ2GQPiVf8ca2o", 401)]
    [InlineData(0, "not base64 at all", 401)]
    public async Task A_certificate_is_good_for_its_minute_and_the_next(int seconds, string certificate, int status)
    {
        var clock = new FakeClock();
        await using var gateway = await StartAsync(clock);
        clock.Skip(TimeSpan.FromHours(1));
        clock.JumpWallClock(TimeSpan.FromSeconds(seconds) - TimeSpan.FromHours(1));

        var reply = await SendAsync(gateway, HttpMethod.Get, "/probe/srv", certificate);

        (reply.Status, gateway.HandlersRun).Should().Be((status, status == 200 ? 1 : 0));
    }

    [Fact]
    public async Task Without_a_phrase_no_certificate_is_good()
    {
        await using var gateway = await SignedRoutes.StartAsync(new FakeClock());

        (await SendAsync(gateway, HttpMethod.Get, "/probe/srv", AtEight)).Code.Should().Be(10);
    }

    [Theory]
    [InlineData("POST", "/probe/srv")]
    [InlineData("GET", "/probe/mt")]
    [InlineData("GET", "/probe/monitor")]
    public async Task A_seen_certificate_is_good_for_nothing_but_reading(string method, string path)
    {
        await using var gateway = await StartAsync(new FakeClock());

        var reply = await SendAsync(gateway, new HttpMethod(method), path, AtEight);

        (reply.Status, reply.Code, gateway.HandlersRun).Should().Be((403, 14, 0));
    }

    [Fact]
    public async Task A_certificate_does_not_stand_for_a_broken_signature()
    {
        await using var gateway = await StartAsync(new FakeClock());

        var reply = await gateway.SignedAsync(gateway.ServiceKey with { Secret = "guessed" }, HttpMethod.Get, "/probe/srv", change: request =>
            request.Headers.Add("service-cert", AtEight));

        (reply.Status, reply.Code).Should().Be((401, 10));
    }

    [Theory]
    [InlineData(AccessLevel.Service, "POST", "/srv/ticker/market-data", true)]
    [InlineData(AccessLevel.Service, "POST", "/srv/sendpushmsg", false)]
    [InlineData(AccessLevel.Service, "POST", "/srv/study/update", false)]
    [InlineData(AccessLevel.Service, "GET", "/srv/ticker", true)]
    [InlineData(AccessLevel.Monitor, "GET", "/srv/monitor", false)]
    [InlineData(AccessLevel.Engine, "GET", "/mt/config", false)]
    [InlineData(AccessLevel.Engine, "POST", "/srv/ticker/market-data", false)]
    internal void It_opens_questions_alone(AccessLevel level, string method, string path, bool opens)
    {
        var route = new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(path), 0, new EndpointMetadataCollection(), null);

        ClassicCertificate.Opens(level, method, route).Should().Be(opens);
    }

    private static Task<Gateway> StartAsync(FakeClock clock) => SignedRoutes.StartAsync(
        clock, options => options with { ClassicCertificate = new ClassicCertificateOptions { Phrase = Phrase } });

    private static Task<Reply> SendAsync(Gateway gateway, HttpMethod method, string path, string certificate) =>
        gateway.SendAsync(method, path, null, method == HttpMethod.Post ? "{}" : null, request =>
            request.Headers.TryAddWithoutValidation("service-cert", certificate));
}
