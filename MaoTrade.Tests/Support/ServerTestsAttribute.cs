namespace MaoTrade.Tests.Support;

/// <summary>Tests of a contract that need something of the machine; without it every <see cref="ContractFactAttribute"/> of the class is skipped.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class ServerTestsAttribute : Attribute
{
    /// <summary>Why the tests cannot run here; null where they can.</summary>
    public abstract string? Missing { get; }
}
