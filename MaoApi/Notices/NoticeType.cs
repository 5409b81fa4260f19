namespace MaoApi.Notices;

/// <summary>What a notice is about: the words of the <c>events</c> a user chooses from, of <c>/mt/event</c> and of the database.</summary>
internal static class NoticeType
{
    public const string OrderError = "order_error";
    public const string SystemError = "system_error";
    public const string BrokerLost = "broker_lost";
    public const string BrokerBack = "broker_back";
    public const string Restarted = "restarted";

    /// <summary>A message of a trading system.</summary>
    public const string Push = "push";

    /// <summary>A message of a service, by <c>/srv/sendpushmsg</c>: addressed to the user, so always sent.</summary>
    public const string Message = "message";

    /// <summary>What an engine may report, and a user may choose not to be sent.</summary>
    public static readonly IReadOnlyList<string> OfEngines = [OrderError, SystemError, BrokerLost, BrokerBack, Restarted, Push];

    /// <summary>
    /// Whether a notice does not wait for the end of the quiet hours: money may stand at stake and somebody has to look.
    /// A system's own message waits unless the system calls it an error, and a restart unless it was the last.
    /// </summary>
    public static bool IsUrgent(string type, bool isError) =>
        type is OrderError or SystemError or BrokerLost || (type is Push or Restarted && isError);
}
