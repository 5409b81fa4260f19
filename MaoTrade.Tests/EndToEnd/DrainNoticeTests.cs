using System.Net;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>A real gateway that is told to stop, in the time it gives balancers to hear of it.</summary>
[Collection("processes")]
public sealed class DrainNoticeTests : IDisposable
{
    /// <summary>The longest there is: no test is that slow, and this one does not wait for its end.</summary>
    private const string Notice = "300";

    private readonly ProcessFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Balancers_are_told_first_and_whoever_still_comes_is_answered_until_the_notice_is_over()
    {
        var environment = new Dictionary<string, string> { ["MAO_DRAIN_NOTICE_SECONDS"] = Notice };
        await using var gateway = await GatewayProcess.StartAsync(_folder.Data, environment, "--role", "api");

        await gateway.Process.SignalAsync("TERM");
        HttpStatusCode? ready = null;
        await Until.TrueAsync("it does not say that it is ready any more", TimeSpan.FromSeconds(100), async () =>
            (ready = (await AskAsync(gateway, "/health/ready")).Status) != HttpStatusCode.OK);

        ready.Should().Be(HttpStatusCode.ServiceUnavailable, "the port is open, and says so");
        for (var caller = 0; caller < 3; caller++)
        {
            var (status, ends) = await AskAsync(gateway, "/health/live");
            status.Should().Be(HttpStatusCode.OK, "a new connection is taken");
            ends.Should().BeTrue("it ends with its answer");
        }

        gateway.Process.HasExited.Should().BeFalse();
    }

    /// <summary>On a connection of its own, as a caller who comes anew; no status where nobody listens.</summary>
    private static async Task<(HttpStatusCode? Status, bool? Ends)> AskAsync(GatewayProcess gateway, string path)
    {
        using var fresh = new HttpClient { BaseAddress = gateway.Http.BaseAddress };
        try
        {
            using var answer = await fresh.GetAsync(new Uri(path, UriKind.Relative));
            return (answer.StatusCode, answer.Headers.ConnectionClose);
        }
        catch (HttpRequestException)
        {
            return (null, null);
        }
    }
}
