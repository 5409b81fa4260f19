namespace MaoApi.Commands;

/// <summary>What a command of the command line ends with. <c>check</c> has numbers of its own, <c>serve</c> those of the process.</summary>
internal static class CommandExit
{
    public const int Ok = 0;

    /// <summary>Asked and refused, or asked and failed.</summary>
    public const int Refused = 1;

    /// <summary>Wrong words.</summary>
    public const int Usage = 2;

    /// <summary>The gateway, an engine or a database did not answer.</summary>
    public const int Unreachable = 3;

    /// <summary>No log-in, or one that may not do this.</summary>
    public const int NotAllowed = 4;
}
