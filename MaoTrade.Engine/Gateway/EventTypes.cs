namespace MaoTrade.Engine.Gateway;

/// <summary>What an engine has to tell, in the words of <c>/mt/event</c>.</summary>
public static class EventTypes
{
    /// <summary>An order ended without having been filled as it should.</summary>
    public const string OrderError = "order_error";

    /// <summary>A signal sends nothing until somebody has looked.</summary>
    public const string SystemError = "system_error";

    /// <summary>The broker has been away for a while.</summary>
    public const string BrokerLost = "broker_lost";

    /// <summary>The broker is back and the account compared with it.</summary>
    public const string BrokerBack = "broker_back";

    /// <summary>The engine's last life did not end in order.</summary>
    public const string Restarted = "restarted";

    /// <summary>A trading system has a message for somebody's phone.</summary>
    public const string Push = "push";

    /// <summary>The figures of a trading day; goes to <c>/mt/summary</c>.</summary>
    public const string Summary = "summary";
}
