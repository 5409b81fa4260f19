namespace MaoTrade.Market.Metastock;

/// <summary>Bars that the format cannot hold; nothing was written.</summary>
public sealed class MetastockWriteException(IReadOnlyList<MetastockFault> faults) : Exception(Text(faults))
{
    /// <summary>What is in the way, with the file and the row it would have been.</summary>
    public IReadOnlyList<MetastockFault> Faults { get; } = faults;

    private static string Text(IReadOnlyList<MetastockFault> faults) =>
        $"{faults[0].File} row {faults[0].Row}: {faults[0].Message}" + (faults.Count > 1 ? $", and {faults.Count - 1} more" : "");
}
