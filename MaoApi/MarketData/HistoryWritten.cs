namespace MaoApi.MarketData;

/// <summary>What became of bars that were handed to the store.</summary>
/// <param name="Added">Were not known.</param>
/// <param name="Corrected">Took the place of a different value, which is kept among the corrections.</param>
/// <param name="Unchanged">Were known as they are.</param>
/// <param name="Ignored">Differed from a known value and were not to correct it.</param>
/// <param name="Faults">Were not taken; the others were.</param>
internal sealed record HistoryWritten(int Added, int Corrected, int Unchanged, int Ignored, IReadOnlyList<BarFault> Faults)
{
    public bool IsChange => Added > 0 || Corrected > 0;
}

/// <summary>What happens where a bar is known with another value.</summary>
internal enum BarConflict
{
    /// <summary>The new value is right: files of a vendor, studies that were computed anew.</summary>
    Correct,

    /// <summary>The known value is right: live bars, which several engines see a little differently.</summary>
    Keep,
}
