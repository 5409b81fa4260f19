namespace MaoApi.MarketData;

/// <summary>What is known of a block of bars before it is read.</summary>
/// <param name="Number">Its place among the blocks of its series.</param>
/// <param name="StartFrame">Unix seconds of its first bar.</param>
/// <param name="EndFrame">Unix seconds of its last bar.</param>
/// <param name="Count">Bars inside.</param>
/// <param name="Revision">The same number, the same bars.</param>
internal sealed record BlockSpan(long Number, long StartFrame, long EndFrame, int Count, long Revision);
