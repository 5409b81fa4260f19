namespace MaoApi.Commands;

/// <summary>Why a command ends without having done what it was told.</summary>
/// <param name="exitCode">One of <see cref="CommandExit"/>.</param>
/// <param name="lines">For people, the most important first.</param>
internal sealed class CommandException(int exitCode, params IReadOnlyList<string> lines) : Exception(lines[0])
{
    public int ExitCode => exitCode;

    public IReadOnlyList<string> Lines => lines;
}
