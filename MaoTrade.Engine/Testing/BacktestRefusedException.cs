namespace MaoTrade.Engine.Testing;

/// <summary>The engine does not take the system or its parameters.</summary>
/// <param name="faults">Each fault, with its field.</param>
public sealed class BacktestRefusedException(IReadOnlyList<string> faults) : Exception(string.Join("; ", faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
