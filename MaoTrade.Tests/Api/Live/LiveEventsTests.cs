using System.Net;
using System.Text.Json;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Engine.Live;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Live;

/// <summary>The same changes as <c>text/event-stream</c>.</summary>
public sealed class LiveEventsTests
{
    [Fact]
    public async Task Each_event_lists_the_last_numbers_and_the_last_id_goes_on_with_all_channels()
    {
        await using var rig = await LiveRig.StartAsync();
        string id;
        using (var stream = await OpenAsync(rig, "orders,trades"))
        {
            await stream.EventAsync("snapshot");
            (id, _) = await stream.EventAsync("snapshot");
            id.Should().Be("orders:1000,trades:1000");
            rig.Desk.Take(LiveDesk.Buy("a"));
            (id, var data) = await stream.EventAsync("order_update");
            id.Should().Be("orders:1001,trades:1000");
            data.GetProperty("data").GetProperty("clientOrderId").GetString().Should().Be("a");
        }

        rig.Desk.Take(LiveDesk.Buy("b"));
        using var back = await OpenAsync(rig, "orders,trades", id);
        (id, _) = await back.EventAsync("order_update");
        id.Should().Be("orders:1002,trades:1000");
    }

    [Fact]
    public async Task One_channel_has_its_number_alone()
    {
        await using var rig = await LiveRig.StartAsync();
        using var stream = await OpenAsync(rig, "orders");
        (await stream.EventAsync("snapshot")).Id.Should().Be("orders:1000");
    }

    [Theory]
    [InlineData("/clientmt/live/events?accountId=one", null, 422, 30)]
    [InlineData("/clientmt/live/events?accountId=one&channels=prices", null, 422, 30)]
    [InlineData("/clientmt/live/events?accountId=one&channels=orders", "orders", 422, 30)]
    [InlineData("/clientmt/live/events?accountId=one&channels=orders", "orders:x", 422, 30)]
    [InlineData("/clientmt/live/events?accountId=one&channels=orders", "trades:1", 422, 30)]
    [InlineData("/clientmt/live/events?accountId=two&channels=orders", null, 403, 14)]
    public async Task What_cannot_be_listened_to_is_refused(string path, string? lastId, int status, int code)
    {
        await using var rig = await LiveRig.StartAsync();
        var reply = await rig.Gateway.SendAsync(
            HttpMethod.Get, path, rig.Gateway.TokenOf("owner"), more: request => request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId));
        (reply.Status, reply.Code).Should().Be((status, code));
    }

    [Fact]
    public async Task A_viewer_hears_no_lines_of_the_log()
    {
        await using var rig = await LiveRig.StartAsync();
        (await rig.Gateway.GetAsync("/clientmt/live/events?accountId=one&channels=logs", "viewer")).Code.Should().Be(14);
    }

    [Fact]
    public async Task The_end_of_the_token_ends_the_stream()
    {
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        await using var rig = await LiveRig.StartAsync(clock);
        using var stream = await OpenAsync(rig, "orders");
        await stream.EventAsync("snapshot");
        var ending = stream.EventAsync("error");
        clock.Skip(TimeSpan.FromSeconds(898));
        ending.IsCompleted.Should().BeFalse();
        await rig.AdvanceAsync(clock, TimeSpan.FromSeconds(3));

        (await ending).Data.GetProperty("data").GetProperty("code").GetInt32().Should().Be(4401);
        (await stream.IsAtEndAsync()).Should().BeTrue();
        await Deadlines.Until(() => rig.Hub.Count == 0, "the client is still counted");
    }

    private static async Task<EventReader> OpenAsync(LiveRig rig, string channels, string? lastId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/clientmt/live/events?accountId=one&channels={channels}");
        request.Headers.Authorization = new("Bearer", rig.Gateway.TokenOf("owner"));
        request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        var response = await rig.Gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    private sealed class EventReader(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public async Task<(string Id, JsonElement Data)> EventAsync(string type)
        {
            var id = "";
            while (true)
            {
                var line = await reader.ReadLineAsync().Within("no event");
                line.Should().NotBeNull("the stream lasts");
                if (line!.StartsWith("id: ", StringComparison.Ordinal))
                {
                    id = line[4..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    var data = JsonDocument.Parse(line[6..]).RootElement;
                    if (data.GetProperty("type").GetString() == type)
                    {
                        return (id, data);
                    }
                }
            }
        }

        public async Task<bool> IsAtEndAsync()
        {
            while (await reader.ReadLineAsync().Within("the stream does not end") is { } line)
            {
                line.Should().BeEmpty();
            }

            return true;
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
