namespace MaoTrade.Engine.Gateway;

/// <summary>Bars of one length that came live and go to the gateway.</summary>
/// <param name="Epic">Instrument.</param>
/// <param name="TimeFrameSeconds">Length of a bar.</param>
public readonly record struct LiveSeries(string Epic, int TimeFrameSeconds);
