using System.Text.Json;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Systems;

/// <summary>A system on its own: bound to parameters, fed frame by frame, its actions filled at the close.</summary>
public sealed class SystemBench
{
    public static readonly SystemContext Context = new("EURUSD", 60, TimeZoneInfo.Utc);

    private readonly List<Frame> _kept = [];
    private readonly Func<TradingSystem> _make;
    private readonly string _json;

    public SystemBench(Func<TradingSystem> make, string json, SystemContext? context = null)
    {
        (_make, _json) = (make, json);
        Place = context ?? Context;
        System = Make(new SystemState());
        System.Initialize(Portfolio, isFirst: true);
        System.SaveChanges();
    }

    public SystemContext Place { get; }

    public TradingSystem System { get; private set; }

    public decimal Qty { get; private set; }

    public decimal Equity { get; init; } = 10_000m;

    public SystemPortfolio Portfolio => new(Qty, 0, Equity, Equity);

    /// <summary>The faults of a signal's parameters.</summary>
    public static IReadOnlyList<SignalError> Check(TradingSystem system, string json)
    {
        var errors = new List<SignalError>();
        var parameters = ParameterSet.Read(system.Parameters, JsonDocument.Parse(json).RootElement, errors);
        if (errors.Count == 0)
        {
            system.ValidateSignal(parameters, default, errors);
        }

        return errors;
    }

    /// <summary>A walk of frames with highs and lows, at prices of two decimals.</summary>
    public static Frame[] Walk(int count, int seed, decimal step = 1m)
    {
        var random = new Random(seed);
        var price = 100m;
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var open = price;
            price = Math.Max(20m, price + Math.Round(((decimal)random.NextDouble() - 0.5m) * 2m * step, 2));
            var high = Math.Max(open, price) + Math.Round((decimal)random.NextDouble() * step / 4, 2);
            var low = Math.Min(open, price) - Math.Round((decimal)random.NextDouble() * step / 4, 2);
            return new Frame(i * 60L, open, high, low, price, 0);
        })];
    }

    public SystemDecision Feed(Frame frame)
    {
        var decision = System.ProcessData(
            new SystemFrame(frame, true, false, DateTimeOffset.FromUnixTimeSeconds(frame.UnixSeconds + Place.TimeFrameSeconds)), Portfolio);
        System.SaveChanges();
        _kept.Add(frame);
        Qty = decision.Action switch
        {
            SystemAction.Buy => decision.Quantity,
            SystemAction.Sell => -decision.Quantity,
            SystemAction.Flat => Math.Sign(Qty) * decision.Quantity,
            _ => Qty,
        };
        return decision;
    }

    /// <summary>Stops the system and goes on with another instance from what would be stored.</summary>
    public void Restart()
    {
        var document = SystemStateDocument.Read(System.WriteState());
        System = Make(document.State);
        var parameters = ParameterSet.Read(System.Parameters, JsonDocument.Parse(_json).RootElement, []);
        System.Resume([.. _kept.TakeLast(Math.Max(1, System.ResumeFrames(parameters)))], Portfolio, default);
    }

    private TradingSystem Make(SystemState state)
    {
        var system = _make();
        var errors = new List<SignalError>();
        system.Bind(ParameterSet.Read(system.Parameters, JsonDocument.Parse(_json).RootElement, errors), state, Place);
        errors.Should().BeEmpty();
        return system;
    }
}
