using MaoTrade.Protocol.Logs;

namespace MaoTrade.Tests.Protocol.Logs;

public sealed class SourceLineTests
{
    [Theory]
    [InlineData("System.Exception: x\n   at A.B() in /src/A.cs:line 42\n   at C.D() in /src/C.cs:line 7", 42)]
    [InlineData("System.Exception: outer\n ---> System.Exception: inner\n   at I.I() in /src/I.cs:line 3\n   --- End of inner exception stack trace ---\n   at O.O() in /src/O.cs:line 9", 3)]
    [InlineData("System.Exception: x\n   at System.String.Concat()\n   at A.B() in /src/A.cs:line 5", 5)]
    [InlineData("System.Exception: said in /x.cs:line 11\n   at A.B()", null)]
    [InlineData("System.Exception: x\n   at A.B() in /src/A.cs:line 99999999999", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_line_is_that_of_the_innermost_fault_and_never_guessed(string? trace, int? line) => SourceLine.Of(trace).Should().Be(line);

    [Fact]
    public void An_exception_of_this_very_program_tells_its_line()
    {
        var fault = ((Action)(() => throw new InvalidOperationException("x"))).Should().Throw<InvalidOperationException>().Which;

        SourceLine.Of(fault.ToString()).Should().BePositive("symbols lie beside the tests");
    }
}
