using Xunit.Sdk;

namespace MaoTrade.Tests.Support;

/// <summary>As <see cref="ContractFactAttribute"/>, once for each row of data.</summary>
[XunitTestCaseDiscoverer("MaoTrade.Tests.Support.ContractTheoryDiscoverer", "MaoTrade.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractTheoryAttribute : TheoryAttribute;
