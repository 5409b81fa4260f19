using System.Text;
using System.Text.Json;
using MaoTrade.Protocol.Client;
using MaoTrade.Tests.EndToEnd.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>Live changes of a real engine, also across its death.</summary>
[Collection("processes")]
public sealed class LiveResumeTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(150);

    [Fact]
    public async Task After_a_kill_a_subscriber_is_told_of_the_gap_sees_all_that_was_committed_and_no_number_twice()
    {
        await using var rig = await TradingRig.StartAsync("random", "EURUSD,USDJPY,GBPUSD");
        long last;
        await using (var before = Listen(rig, """{"op":"subscribe","channels":["signals"]}"""))
        {
            (await NextAsync(before)).Type.Should().Be("snapshot");
            var first = await CreateAsync(rig, "EURUSD");
            var change = await NextAsync(before);
            change.Type.Should().Be("change");
            change.Data.GetProperty("signalId").GetString().Should().Be(first);
            last = change.Seq;

            var unheard = await CreateAsync(rig, "USDJPY");
            await rig.Engine.KillAsync();
            unheard.Should().NotBeNull("it was answered, so it is committed");
        }

        await rig.StartEngineAsync();
        await using var after = Listen(rig, $$$"""{"op":"subscribe","channels":["signals"],"from":{"signals":{{{last}}}}}""");

        var gap = await NextAsync(after);
        var snapshot = await NextAsync(after);
        (gap.Type, snapshot.Type).Should().Be(("gap", "snapshot"));
        snapshot.Seq.Should().BeGreaterThan(last + 1, "the change nobody heard had the next number");
        snapshot.Data.GetProperty("signals").EnumerateArray().Select(signal => signal.GetProperty("epic").GetString())
            .Should().BeEquivalentTo(["EURUSD", "USDJPY"]);
        await CreateAsync(rig, "GBPUSD");
        (await NextAsync(after)).Seq.Should().Be(snapshot.Seq + 1);
    }

    private static IAsyncEnumerator<ProxyReply> Listen(TradingRig rig, string data) =>
        rig.Proxy.SubscribeAsync(Encoding.UTF8.GetBytes(data), null).GetAsyncEnumerator();

    private static async Task<(string Type, long Seq, JsonElement Data)> NextAsync(IAsyncEnumerator<ProxyReply> replies)
    {
        (await replies.MoveNextAsync().AsTask().WaitAsync(Deadline)).Should().BeTrue("the subscription lasts");
        replies.Current.Result.Should().Be(ProxyResult.NoError, replies.Current.Detail);
        var data = JsonDocument.Parse(replies.Current.Data).RootElement;
        return (data.GetProperty("type").GetString()!, data.GetProperty("seq").GetInt64(), data.GetProperty("data"));
    }

    private static Task<string> CreateAsync(TradingRig rig, string epic) =>
        rig.CreateSignalAsync(epic, "MacdCrossover", 60, """{"fast_period":12,"slow_period":26,"qty":1}""");
}
