namespace MaoTrade.Tests.Support;

/// <summary>A test with several inputs that needs a program of the machine; without it the test is skipped and says so.</summary>
public sealed class ServerTheoryAttribute : TheoryAttribute
{
    public ServerTheoryAttribute(string program)
    {
        Program = program;
        if (Programs.Find(program) is null)
        {
            Skip = $"{program} is not installed on this machine";
        }
    }

    /// <summary>Name of the executable looked for on PATH.</summary>
    public string Program { get; }
}
