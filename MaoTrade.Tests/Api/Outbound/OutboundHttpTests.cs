using System.Net;
using MaoApi.Outbound;
using MaoTrade.Tests.Api.Notices.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Outbound;

public sealed class OutboundHttpTests
{
    private static readonly IPAddress Outside = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress Inside = IPAddress.Loopback;

    /// <summary>The name first leads to a place that is allowed; asked again, to the machine itself.</summary>
    [Fact]
    public async Task A_name_that_answers_otherwise_the_second_time_leads_nowhere_else()
    {
        await using var meant = await RecordingServer.StartAsync(Outside, secure: true);
        await using var inside = await RecordingServer.StartAsync(Inside, secure: true, port: meant.Port);
        var asked = 0;
        using var http = Create(meant, _ => ++asked == 1 ? [Outside] : [Inside]);

        await SendAsync(http, meant.Port);

        (asked, meant.Requests.Count, inside.Requests.Count).Should().Be((1, 1, 0));
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_not_called()
    {
        await using var inside = await RecordingServer.StartAsync(Inside, secure: true);
        using var http = Create(inside, _ => [Inside]);

        await FluentActions.Awaiting(() => SendAsync(http, inside.Port)).Should().ThrowAsync<OutboundRefusedException>();

        inside.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task One_closed_address_among_open_ones_closes_the_name()
    {
        await using var meant = await RecordingServer.StartAsync(Outside, secure: true);
        using var http = Create(meant, _ => [Outside, IPAddress.Parse("10.0.0.1")]);

        await FluentActions.Awaiting(() => SendAsync(http, meant.Port)).Should().ThrowAsync<OutboundRefusedException>();

        meant.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task An_endless_answer_is_cut()
    {
        await using var server = await RecordingServer.StartAsync(Outside, secure: true);
        server.Answer = _ => new RecordedAnswer(200, new string('x', OutboundHttp.MostBytes + 1));
        using var http = Create(server, _ => [Outside]);

        await FluentActions.Awaiting(() => SendAsync(http, server.Port)).Should().ThrowAsync<HttpRequestException>().WithMessage("*longer than 65536*");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_left_after_five_seconds()
    {
        await using var server = await RecordingServer.StartAsync(Outside, secure: true);
        var forever = new TaskCompletionSource();
        server.Answer = _ => new RecordedAnswer(200, "") { Until = forever.Task };
        var clock = new FakeClock();
        using var http = Create(server, _ => [Outside], clock);

        var sending = SendAsync(http, server.Port);
        await Until.TrueAsync("the request arrived", TimeSpan.FromSeconds(60), () => Task.FromResult(server.Requests.Count == 1));
        clock.Advance(TimeSpan.FromSeconds(5));

        await FluentActions.Awaiting(() => sending).Should().ThrowAsync<TimeoutException>();
        forever.SetResult();
    }

    [Fact]
    public async Task A_certificate_of_somebody_else_is_not_taken()
    {
        await using var server = await RecordingServer.StartAsync(Outside, secure: true);
        await using var other = await RecordingServer.StartAsync(Outside, secure: true);
        using var http = Create(other, _ => [Outside], allowed: server);

        await FluentActions.Awaiting(() => SendAsync(http, server.Port)).Should().ThrowAsync<HttpRequestException>();

        server.Requests.Should().BeEmpty();
    }

    private static Task<OutboundAnswer> SendAsync(OutboundHttp http, int port)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"https://hooks.test:{port}/");
        return http.SendAsync(request, CancellationToken.None);
    }

    private static OutboundHttp Create(
        RecordingServer trusted, Func<string, IPAddress[]> resolve, TimeProvider? time = null, RecordingServer? allowed = null)
    {
        var options = new OutboundOptions
        {
            Allowed = [new AllowedPlace(new IPNetwork(Outside, 32), null, (allowed ?? trusted).Port)],
            Authorities = [trusted.Authority!],
        };
        return new OutboundHttp(options, new OutboundRules(options), time ?? TimeProvider.System, (host, _) => Task.FromResult(resolve(host)));
    }
}
