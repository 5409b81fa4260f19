namespace MaoTrade.Tests.Support;

/// <summary>A test against a library of Debian's Python; without it the test is skipped and says so.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute(string module)
    {
        Module = module;
        if (!DebianPython.Has(module))
        {
            Skip = $"{DebianPython.Program} has no {module} on this machine";
        }
    }

    /// <summary>The library's name as it is imported.</summary>
    public string Module { get; }
}
