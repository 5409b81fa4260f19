using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Systems;

/// <summary>A frame as a trading system gets it.</summary>
/// <param name="Frame">Prices, aligned to the signal's time frame.</param>
/// <param name="TimeFrameEnd">True when the candle is closed.</param>
/// <param name="OrderSubmitting">True while an order of this epic waits for its answer or fill: actions are skipped.</param>
/// <param name="TimeNow">Market time.</param>
public readonly record struct SystemFrame(Frame Frame, bool TimeFrameEnd, bool OrderSubmitting, DateTimeOffset TimeNow);
