namespace MaoTrade.Market.Indicators;

/// <summary>
/// What an indicator carries from one value to the next beyond its window: saved and loaded bit for bit, it goes on as if
/// it had never stopped. Windows are filled again from the last values themselves, before <see cref="Load"/>.
/// </summary>
public interface IRunningValues
{
    /// <summary>How many numbers there are.</summary>
    int SlotCount { get; }

    /// <summary>Writes the running values.</summary>
    /// <param name="slots">Room for <see cref="SlotCount"/> numbers.</param>
    void Save(Span<double> slots);

    /// <summary>Takes back what <see cref="Save"/> wrote.</summary>
    /// <param name="slots"><see cref="SlotCount"/> numbers.</param>
    void Load(ReadOnlySpan<double> slots);
}
