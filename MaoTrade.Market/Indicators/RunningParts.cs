namespace MaoTrade.Market.Indicators;

/// <summary>The running values of several indicators, one after the other.</summary>
internal sealed class RunningParts(params IRunningValues[] parts) : IRunningValues
{
    public int SlotCount { get; } = parts.Sum(part => part.SlotCount);

    public void Save(Span<double> slots)
    {
        foreach (var part in parts)
        {
            part.Save(slots[..part.SlotCount]);
            slots = slots[part.SlotCount..];
        }
    }

    public void Load(ReadOnlySpan<double> slots)
    {
        foreach (var part in parts)
        {
            part.Load(slots[..part.SlotCount]);
            slots = slots[part.SlotCount..];
        }
    }
}
