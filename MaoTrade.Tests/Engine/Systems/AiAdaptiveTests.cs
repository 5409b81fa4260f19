using System.Text.Json;
using MaoTrade.Engine.Models;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.AiAdaptive;
using MaoTrade.Engine.Testing;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Market.Features;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Engine.Models;
using MaoTrade.Tests.Engine.Testing;
using MaoTrade.Tests.Engine.Trading;

namespace MaoTrade.Tests.Engine.Systems;

public sealed class AiAdaptiveTests
{
    private const string Free = """{"model":"momentum","min_volume_ratio":0,"with_trend":false}""";
    private const string Always = """{"model":"always","min_volume_ratio":0,"max_volatility":0,"with_trend":false}""";

    [Theory]
    [InlineData(0.6, SystemAction.NoAction, 0.5)]
    [InlineData(0.61, SystemAction.Buy, 0.61)]
    [InlineData(0.99, SystemAction.Buy, 0.95)]
    [InlineData(-0.6, SystemAction.NoAction, 0.5)]
    [InlineData(-0.7, SystemAction.Sell, 0.7)]
    [InlineData(-1.2, SystemAction.Sell, 0.95)]
    [InlineData(double.NaN, SystemAction.NoAction, 0.5)]
    public void A_prediction_becomes_an_action_with_a_confidence(double prediction, SystemAction action, double confidence) =>
        ModelVerdict.Of(prediction, Row(), new FilterLimits(0.5, 3, true)).Should().Be(new ModelVerdict(action, confidence, null));

    [Theory]
    [InlineData(0.9, 0.49, 3.1, 1, 2, "volume")]
    [InlineData(0.9, 0.5, 3.1, 1, 2, "volatility")]
    [InlineData(0.9, 0.5, 3, 1, 2, "trend")]
    [InlineData(-0.9, 0.5, 3, 2, 1, "trend")]
    [InlineData(0.9, 0.5, 3, 2, 2, null)]
    [InlineData(-0.9, 0.5, 3, 2, 2, null)]
    [InlineData(0.1, 0, 9, 1, 2, null)]
    public void Filters_are_asked_in_order_and_the_first_that_holds_ends(
        double prediction, double volumeRatio, double volatility, double fast, double slow, string? filter)
    {
        var verdict = ModelVerdict.Of(prediction, Row(volumeRatio, volatility, fast, slow), new FilterLimits(0.5, 3, true));

        verdict.Filter.Should().Be(filter);
        if (filter is not null)
        {
            (verdict.Action, verdict.Confidence).Should().Be((SystemAction.NoAction, 0.5));
        }
    }

    [Theory]
    [InlineData("""{"model":"nothing"}""", "params.model", "there is no model 'nothing'; known are momentum")]
    [InlineData("{}", "params.model", "model is required: a text")]
    [InlineData("""{"model":"momentum","stop_atr":0,"sizing_mode":"risk","sizing_value":0.01}""", "params.sizing_mode", "sizing_mode risk needs a stop")]
    public void A_signal_that_cannot_run_is_refused_by_its_field(string parameters, string field, string message)
    {
        var errors = SystemBench.Check(new AiAdaptiveSystem(SmallModels.Set(SmallModels.Bytes())), parameters);

        errors.Should().ContainSingle().Which.Should().Match<SignalError>(error => error.Field == field && error.Message == message);
    }

    [Fact]
    public void A_model_that_could_not_be_loaded_is_refused_with_what_is_wrong_with_it()
    {
        var models = new ModelSet([], new Dictionary<string, string> { ["direction"] = "its check does not agree: the file is cut or damaged" });

        SystemBench.Check(new AiAdaptiveSystem(models), """{"model":"direction"}""").Should().ContainSingle()
            .Which.Message.Should().Be("the model direction cannot be used: its check does not agree: the file is cut or damaged");
        SystemBench.Check(new AiAdaptiveSystem(SmallModels.Set(SmallModels.Bytes()).With(false)), Free).Should().ContainSingle()
            .Which.Field.Should().Be("system");
    }

    [Fact]
    public void It_buys_with_stop_and_evidence_turns_and_leaves_after_max_bars()
    {
        var bench = new SystemBench(() => new AiAdaptiveSystem(SmallModels.Set(SmallModels.Always(0.8))), Always[..^1] + ""","max_bars":2}""");
        var frames = Frames(FeatureCalculator.WarmUpBars + 4);
        var decisions = frames.Select(bench.Feed).ToList();

        decisions[..(FeatureCalculator.WarmUpBars - 1)].Should().AllBeEquivalentTo(SystemDecision.None, "it is not warm");
        decisions[^5..].Select(decision => decision.Action).Should().Equal(
            SystemAction.Buy, SystemAction.NoAction, SystemAction.Flat, SystemAction.Buy, SystemAction.NoAction);
        var bought = decisions[^5];
        bought.StopPrice.Should().BeLessThan(frames[^5].Close);
        bought.Evidence.Should().Match<OrderEvidence>(said => said.Confidence == 0.8 && said.Model == "always" && said.ModelVersion == "1");
        JsonDocument.Parse(bought.Evidence!.Features).RootElement.EnumerateObject().Select(member => member.Name).Should().Equal(FeatureNames.All);
    }

    [Fact]
    public void Predictions_of_a_bar_do_not_know_later_bars()
    {
        const int at = 260;
        var frames = Frames(320);
        var others = frames.Select((frame, i) => i <= at ? frame : frame with { High = frame.High * 3, Close = frame.Close * 2, Volume = 1_000 }).ToArray();

        var predictions = Predictions(frames);
        var changed = Predictions(others);

        changed.TakeWhile(point => point.Frame <= frames[at].UnixSeconds).Should().Equal(predictions.TakeWhile(point => point.Frame <= frames[at].UnixSeconds));
        changed.Should().NotEqual(predictions, "later bars were changed");
        predictions.Select(point => point.Value).Distinct().Should().HaveCountGreaterThan(2);
    }

    [Fact]
    public void It_trades_the_same_after_a_resume_at_any_bar()
    {
        var plan = Plans.BuiltIn("AiAdaptive", Free, Plans.Walk(330)) with { Catalog = SystemCatalog.BuiltIn.With(SmallModels.Set(SmallModels.Bytes())) };
        var whole = plan.Run();
        whole.Orders.Count.Should().BeGreaterThan(8, "without orders nothing is proven");

        ResumeProof.Differing(whole, null, CancellationToken.None).Should().BeEmpty();
    }

    [Fact]
    public void An_order_keeps_what_the_model_said_on_the_wire_and_in_the_store()
    {
        var desk = new Desk(catalog: SystemCatalog.BuiltIn.With(SmallModels.Set(SmallModels.Always(0.8))));
        Feed(desk, desk.CreateSignal("AiAdaptive", Always));

        var evidence = desk.LastOrder.Evidence!;
        (evidence.Confidence, evidence.ModelVersion).Should().Be((0.8, "1"));
        var stored = JsonSerializer.Serialize(desk.LastOrder, StoreJson.Default.Order);
        JsonSerializer.Deserialize(stored, StoreJson.Default.Order)!.Evidence.Should().Be(evidence);
        var wire = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(new OrderReply(desk.LastOrder, false), CommandJson.Default.OrderReply)).RootElement;
        wire.GetProperty("order").GetProperty("evidence").GetProperty("features").GetProperty("ema_50").GetDouble().Should().BeGreaterThan(0);
    }

    [Fact]
    public void A_running_system_keeps_a_model_that_has_gone_and_takes_another_version_when_it_is_flat()
    {
        var desk = new Desk(catalog: SystemCatalog.BuiltIn.With(SmallModels.Set(SmallModels.Always(0, "1"))));
        desk.CreateSignal("AiAdaptive", Always);
        var first = desk.Tools.Titles.Find("EURUSD")!.System;

        desk.Take(new CatalogInput(SystemCatalog.BuiltIn.With(ModelSet.None)));
        desk.Tools.Titles.Find("EURUSD")!.System.Should().BeSameAs(first);

        desk.Take(new CatalogInput(SystemCatalog.BuiltIn.With(SmallModels.Set(SmallModels.Always(0.8, "2")))));
        desk.Tools.Titles.Find("EURUSD")!.System.Should().NotBeSameAs(first);
        Feed(desk, "");
        desk.LastOrder.Evidence!.ModelVersion.Should().Be("2");
    }

    [Fact]
    public void While_the_flag_is_off_nothing_is_opened()
    {
        var models = SmallModels.Set(SmallModels.Always(0.8));
        var desk = new Desk(catalog: SystemCatalog.BuiltIn.With(models));
        var signal = desk.CreateSignal("AiAdaptive", Always);

        desk.Take(new CatalogInput(SystemCatalog.BuiltIn.With(models.With(false))));
        Feed(desk, signal);

        desk.State.Orders.Should().BeEmpty();
    }

    private static void Feed(Desk desk, string signal)
    {
        _ = signal;
        var random = new Random(3);
        for (var i = 0; i < FeatureCalculator.WarmUpBars; i++)
        {
            desk.Bar(60 + (i * 60L), 100m + random.Next(-50, 50) / 100m);
        }
    }

    private static double[] Row(double volumeRatio = 1, double volatility = 1, double fast = 1, double slow = 1)
    {
        var row = new double[FeatureNames.Count];
        foreach (var (name, value) in new[] { ("volume_ratio", volumeRatio), ("market_condition_volatility", volatility), ("ema_50", fast), ("ema_200", slow) })
        {
            row[FeatureNames.All.ToList().IndexOf(name)] = value;
        }

        return row;
    }

    private static Frame[] Frames(int count) => [.. SystemBench.Walk(count, seed: 5).Select((frame, i) => frame with { Volume = 1 + (i % 5) })];

    private static List<(long Frame, double Value)> Predictions(Frame[] frames)
    {
        var bench = new SystemBench(() => new AiAdaptiveSystem(SmallModels.Set(SmallModels.Bytes())), Free);
        foreach (var frame in frames)
        {
            bench.Feed(frame);
        }

        return [.. bench.System.Chart.Series.Single().Points.Select(point => (point.Frame, point.Value))];
    }
}
