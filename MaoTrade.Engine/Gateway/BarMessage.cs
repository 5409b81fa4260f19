using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Gateway;

/// <summary>Bars of one epic and length as <c>/mt/bars</c> takes them.</summary>
/// <param name="Epic">Instrument.</param>
/// <param name="TimeFrame">Length of a bar, seconds.</param>
/// <param name="Frames">Start in Unix seconds, open, high, low, close, volume of each, in the order of time.</param>
internal sealed record BarMessage(string Epic, int TimeFrame, IReadOnlyList<decimal[]> Frames)
{
    public static BarMessage Of(LiveSeries series, IReadOnlyList<Frame> bars) => new(
        series.Epic,
        series.TimeFrameSeconds,
        [.. bars.Select(bar => new[] { bar.UnixSeconds, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume })]);
}

/// <summary>Body of <c>/mt/bars</c>.</summary>
internal sealed record BarBatch(IReadOnlyList<BarMessage> Bars);

/// <summary>A bar the gateway will never take.</summary>
/// <param name="Row">Its place among those sent, the first is 1.</param>
/// <param name="Message">What is wrong with it.</param>
internal sealed record BarRefusal(int Row, string Message);

/// <summary>What the gateway says to the bars of one epic and length: taken but for those refused, or, with a code, none.</summary>
internal sealed record BarResult(string? Epic, int Code, string Message, IReadOnlyList<BarRefusal>? Refused);

/// <summary>Answer of <c>/mt/bars</c>, its results in the order of what was sent.</summary>
internal sealed record BarAnswer(IReadOnlyList<BarResult>? Results);
