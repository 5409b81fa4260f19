using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Protocol.Messages;
using MaoTrade.Tests.Engine.Systems;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>What systems keep: through a real store, and back into the next run.</summary>
public sealed class SystemDataTests : IDisposable
{
    private readonly SystemDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Charts_log_and_datastore_are_stored_with_the_frame_and_come_back()
    {
        var system = new ProbeSystem
        {
            OnFrame = (probe, frame) =>
            {
                probe.Draw("price", "line", frame.Frame.UnixSeconds, 1.25);
                probe.Say("seen", Severity.Warning);
                probe.Send("title", "text");
                probe.Store("key", "value");
            },
        };
        var signal = _desk.Start(system);
        _desk.Bar(60, 1m);

        var chart = _desk.Store.SystemData.ChartOf(signal);
        chart.Should().ContainSingle().Which.Points.Should().Equal(new ChartPoint(60, 1.25));
        _desk.Store.SystemData.LogOf(signal, 0, 10).Select(l => l.Line).Should().Equal(
            new JournalLine(Severity.Warning, "seen"), new JournalLine(Severity.Info, "text", "title"));
        _desk.Store.SystemData.ValueOf(signal, "key").Should().Be("value");
        _desk.Said.Should().Contain(line => line.Contains("push message: title: text"));

        var next = new ProbeSystem();
        _desk.Restart(next);

        next.Frames.Should().Be(1);
        next.Drawn("price", "line").Should().Equal(new ChartPoint(60, 1.25));
        next.Datastore.Read("key").Should().Be("value");
    }

    [Fact]
    public void A_series_keeps_its_last_5000_points()
    {
        var signal = _desk.Start(new ProbeSystem { OnFrame = Draw });
        for (var call = 0; call < 6; call++)
        {
            _desk.Bar(60 * (call + 1), 1m);
        }

        var points = _desk.Store.SystemData.ChartOf(signal).Single(s => s.Name == "line").Points;
        points.Select(p => p.Frame).Should().Equal(Enumerable.Range(1_001, 5_000).Select(i => (long)i));
        _desk.Restart(new ProbeSystem());
        _desk.Bar(600, 1m);
        _desk.Store.SystemData.ChartOf(signal).Single(s => s.Name == "line").Points.Should().HaveCount(5_000);

        static void Draw(ProbeSystem probe, SystemFrame frame)
        {
            var first = ((frame.Frame.UnixSeconds / 60) - 1) * 1_000;
            for (var i = 1; i <= 1_000; i++)
            {
                probe.Draw("price", "line", first + i, i);
            }
        }
    }

    [Fact]
    public void A_system_that_says_too_much_is_cut_short()
    {
        var signal = _desk.Start(new ProbeSystem
        {
            OnFrame = (probe, _) =>
            {
                for (var i = 0; i < 150; i++)
                {
                    probe.Say(new string('x', 2_000));
                }
            },
        });

        for (var call = 1; call <= 12; call++)
        {
            _desk.Bar(60 * call, 1m);
        }

        var lines = _desk.Store.SystemData.LogOf(signal, 0, 10_000);
        lines.Should().HaveCount(1_000, "the last thousand are kept");
        lines[0].Line.Message.Should().HaveLength(1_000);
        lines[^1].Line.Should().Be(new JournalLine(Severity.Warning, "51 lines dropped: a call may write 100"));
        lines[0].Number.Should().Be(201);
    }

    [Fact]
    public void A_key_written_from_outside_reaches_the_system_and_the_store()
    {
        var system = new ProbeSystem();
        var signal = _desk.Start(system);

        Write("level", "7").Code.Should().Be(0);
        Write("level", null).Code.Should().Be(0);
        Write("other", "1").Code.Should().Be(0);

        system.Heard.Should().Equal("level=7", "level=", "other=1");
        _desk.Store.SystemData.ValueOf(signal, "level").Should().BeNull();
        _desk.Store.SystemData.ValueOf(signal, "other").Should().Be("1");
        Write("no key", "1").Should().Match<MaoTrade.Engine.Server.ServiceReply>(r => r.Code == ReplyCode.Malformed && r.Message.StartsWith("key:"));
        Write("big", new string('x', 16_385)).Message.Should().StartWith("value:");
        for (var i = 1; i < 100; i++)
        {
            Write($"key{i}", "1").Code.Should().Be(0);
        }

        Write("one-too-many", "1").Message.Should().Be("key: a signal has at most 100 keys");
        _desk.Command(new WriteDatastoreCommand { SignalId = "none", Key = "a" }).Code.Should().Be(ReplyCode.NotFound);

        MaoTrade.Engine.Server.ServiceReply Write(string key, string? value) =>
            _desk.Command(new WriteDatastoreCommand { SignalId = signal, Key = key, Value = value });
    }

    [Fact]
    public void A_deleted_signal_leaves_nothing_behind()
    {
        var signal = _desk.Start(new ProbeSystem
        {
            OnFrame = (probe, frame) =>
            {
                probe.Draw("price", "line", frame.Frame.UnixSeconds, 1);
                probe.Say("seen");
                probe.Store("key", "value");
            },
        });
        _desk.Bar(60, 1m);

        _desk.Command(new DeleteSignalCommand { SrvId = 7, SignalId = signal }).Code.Should().Be(0);

        foreach (var table in new[] { "system_states", "system_log", "chart_series", "chart_points", "system_store", "frames" })
        {
            _desk.Count(table).Should().Be(0, table);
        }
    }

    [Fact]
    public void A_damaged_state_is_kept_aside_and_blocks_its_signal_alone()
    {
        var signal = _desk.Start(new ProbeSystem(), "GBPUSD");
        var other = _desk.Start(new ProbeSystem("Other"), "EURUSD");
        _desk.Bar(60, 1m, "GBPUSD");
        var damaged = _desk.Store.SystemData.StateOf(signal)!.Value.Document.Replace(":1}", ":2}", StringComparison.Ordinal);
        _desk.Execute($"UPDATE system_states SET document = '{damaged}' WHERE signal_id = '{signal}'");

        var next = new ProbeSystem();
        var unharmed = new ProbeSystem("Other");
        _desk.Restart(next, unharmed);

        _desk.State.Signals[signal].Should().Match<Signal>(s => s.State == SignalState.Blocked && s.Error!.Contains("damaged"));
        _desk.State.Signals[other].State.Should().Be(SignalState.Running);
        _desk.Said.Should().Contain(line => line.StartsWith("Critical") && line.Contains(signal));
        _desk.Scalar($"SELECT document FROM corrupt_states WHERE signal_id = '{signal}'").Should().Be(damaged);
        _desk.Bar(120, 1m);
        unharmed.Frames.Should().Be(1);

        _desk.Restart(next, unharmed);
        _desk.State.Signals[signal].State.Should().Be(SignalState.Blocked, "it waits for somebody");
        _desk.Count("corrupt_states").Should().Be(1);

        _desk.Command(new BlockSignalCommand { SrvId = 9, SignalId = signal, Blocked = false }).Code.Should().Be(0);
        _desk.Bar(180, 1m, "GBPUSD");
        next.Frames.Should().Be(1, "it begins anew");
    }

    [Fact]
    public void A_state_of_an_earlier_version_is_migrated()
    {
        _desk.Start(new ProbeSystem());
        _desk.Bar(60, 1m);

        var next = new ProbeSystem { Version = 2, OnMigrate = state => state.Set("frames", state.GetInt64("frames") + 100) };
        _desk.Restart(next);
        _desk.Bar(120, 1m);

        next.Frames.Should().Be(102);
        SystemStateDocument.Read(_desk.Store.SystemData.StateOf(_desk.State.Signals.Keys.Single())!.Value.Document).Version.Should().Be(2);
    }

    [Fact]
    public void A_state_of_a_later_version_is_refused_and_kept()
    {
        var signal = _desk.Start(new ProbeSystem { Version = 3 });
        _desk.Bar(60, 1m);
        var stored = _desk.Store.SystemData.StateOf(signal)!.Value.Document;

        _desk.Restart(new ProbeSystem { Version = 2 });
        _desk.State.Signals[signal].Should().Match<Signal>(s =>
            s.State == SignalState.Error && s.Error!.Contains("version 3") && s.Error.Contains("knows 2"));
        _desk.Store.SystemData.StateOf(signal)!.Value.Document.Should().Be(stored);

        var newest = new ProbeSystem { Version = 3 };
        _desk.Restart(newest);
        _desk.Command(new BlockSignalCommand { SrvId = 9, SignalId = signal, Blocked = false }).Code.Should().Be(0);
        _desk.Bar(120, 1m);
        newest.Frames.Should().Be(2, "it goes on where its state ended");
    }
}
