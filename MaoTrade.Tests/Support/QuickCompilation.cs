using System.Runtime.CompilerServices;

namespace MaoTrade.Tests.Support;

/// <summary>What <c>tests.runsettings</c> asks of the runtime is for the process of the tests; programs they start run as anywhere.</summary>
internal static class QuickCompilation
{
    private const string Variable = "DOTNET_JITMinOpts";

#pragma warning disable CA2255 // Nothing of this assembly may start a program before.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void End() => Environment.SetEnvironmentVariable(Variable, null);
}
