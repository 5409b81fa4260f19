using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Brokers.Paper.Server;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Tests.Engine.Brokers.Paper;

/// <summary>The same engine on the same seed, with and without ends of the broker in between.</summary>
public sealed class PaperContinuationTests
{
    private const int Frames = 60;

    [Fact]
    public async Task Two_runs_of_a_seed_write_the_same_ledger()
    {
        var first = await LedgerAsync(restartEvery: 0);
        var second = await LedgerAsync(restartEvery: 0);

        second.Should().Equal(first);
        first.Should().Contain(line => line.Contains("\"rejected\"")).And.Contain(line => line.Contains("\"orderType\":2"));
        first.Length.Should().BeGreaterThan(60);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task A_broker_that_was_ended_goes_on_as_one_that_was_not(int restartEvery)
    {
        var whole = await LedgerAsync(restartEvery: 0);
        var broken = await LedgerAsync(restartEvery);

        broken.Should().Equal(whole);
    }

    [Fact]
    public async Task A_torn_last_line_of_the_ledger_is_completed_and_no_line_comes_twice()
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("10 10 10 10", "11 11 11 11", "12 12 12 12"));
        var peer = await rig.SubscribedAsync();
        await peer.DriveAsync(2, (_, _) => peer.BuyAsync(1));
        var whole = rig.Ledger;
        await rig.Server.DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(rig.Options.LedgerFile!);
        await File.WriteAllBytesAsync(rig.Options.LedgerFile!, bytes[..^5]);

        await rig.RestartAsync();

        rig.Ledger.Should().Equal(whole);
    }

    [Fact]
    public async Task What_was_committed_and_not_written_is_written_at_the_next_start()
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("10 10 10 10", "11 11 11 11", "12 12 12 12"));
        var peer = await rig.SubscribedAsync();
        await peer.BuyAsync(1);
        var whole = rig.Ledger;
        await rig.Server.DisposeAsync();
        await File.WriteAllTextAsync(rig.Options.LedgerFile!, "");

        await rig.RestartAsync();

        rig.Ledger.Should().Equal(whole).And.HaveCount(2);
    }

    private static async Task<string[]> LedgerAsync(int restartEvery)
    {
        await using var rig = await PaperRig.StartAsync(with: options => options with
        {
            Epics = [PaperRig.Epic],
            Seed = 7,
            BaseTimeFrameSeconds = PaperRig.Day,
            Fault = new PaperFaultOptions { Reject = 0.1 },
        });
        var peer = await rig.SubscribedAsync();
        var committed = 0L;
        for (var seen = 0; seen < Frames;)
        {
            var next = await peer.NextAsync();
            if (next is BrokerDisconnected)
            {
                next = await peer.NextAsync<BrokerConnected>();
            }

            if (next.EventId is not { } id)
            {
                continue;
            }

            if (id > committed && next is FrameEvent frame)
            {
                seen++;
                if (restartEvery > 0 && seen % restartEvery == 0)
                {
                    // Before the decision: the frame comes again and is decided on once.
                    await rig.RestartAsync();
                    await peer.NextAsync<BrokerDisconnected>();
                    await peer.NextAsync<BrokerConnected>();
                }

                await DecideAsync(peer, frame.Frame, seen);
            }

            committed = Math.Max(committed, id);
            await peer.AckAsync(next);
        }

        return rig.Ledger;
    }

    private static async Task DecideAsync(PaperPeer peer, MaoTrade.Market.Frames.Frame frame, int seen)
    {
        if (seen % 3 == 0)
        {
            await peer.BuyAsync(seen, frame.Close * 0.999m, frame.Close * 1.002m);
        }
        else if (seen % 3 == 1)
        {
            await peer.WorkAsync(OrderOpType.Sell, seen % 2 == 0 ? OrderType.Stop : OrderType.Limit, 5, frame.Close * (seen % 2 == 0 ? 0.9995m : 1.0005m));
        }
    }
}
