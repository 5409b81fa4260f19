using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace MaoTrade.Tests.Support;

/// <summary>A test whose class may say why it cannot run.</summary>
public sealed class ContractTestCase : XunitTestCase
{
    /// <summary>For the runner, which reads test cases from another process.</summary>
    [Obsolete("Called by the runner; tests are discovered by ContractFactDiscoverer.", error: true)]
    public ContractTestCase()
    {
    }

    public ContractTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method, object[]? arguments = null)
        : base(diagnostics, display, options, method, arguments)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.ToRuntimeType().GetCustomAttribute<ServerTestsAttribute>()?.Missing ?? base.GetSkipReason(factAttribute);
}
