using Xunit.Sdk;

namespace MaoTrade.Tests.Support;

/// <summary>A test of a contract: it runs for each class that keeps the contract, and is skipped where <see cref="ServerTestsAttribute"/> says so.</summary>
[XunitTestCaseDiscoverer("MaoTrade.Tests.Support.ContractFactDiscoverer", "MaoTrade.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractFactAttribute : FactAttribute;
