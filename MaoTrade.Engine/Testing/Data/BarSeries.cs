using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Testing.Data;

/// <summary>The bars of a test in the order of time; the sides lie apart because most data has none.</summary>
/// <param name="Epic">Name of the instrument.</param>
/// <param name="TimeFrameSeconds">Length of a bar.</param>
/// <param name="Frames">The bars.</param>
/// <param name="Sides">Bid and ask of each bar; empty where the data has one price.</param>
public sealed record BarSeries(string Epic, int TimeFrameSeconds, Frame[] Frames, (Quote Bid, Quote Ask)[] Sides)
{
    public int Count => Frames.Length;

    public QuotedFrame this[int at] =>
        Sides.Length == 0 ? new QuotedFrame(Frames[at], null, null) : new QuotedFrame(Frames[at], Sides[at].Bid, Sides[at].Ask);

    /// <summary>A series of bars; it has sides where each of them has.</summary>
    public static BarSeries Of(string epic, int timeFrameSeconds, IReadOnlyCollection<QuotedFrame> bars) => new(
        epic, timeFrameSeconds, [.. bars.Select(bar => bar.Frame)],
        bars.All(bar => bar is { Bid: not null, Ask: not null }) ? [.. bars.Select(bar => (bar.Bid!.Value, bar.Ask!.Value))] : []);
}
