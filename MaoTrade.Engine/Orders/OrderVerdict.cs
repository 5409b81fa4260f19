namespace MaoTrade.Engine.Orders;

/// <summary>What an event does to an order.</summary>
/// <param name="Kind">Change, nothing new, or a contradiction that someone must see.</param>
/// <param name="ExecState">New state when it changes.</param>
/// <param name="DealStatus">New way mark when it changes.</param>
public readonly record struct OrderVerdict(OrderVerdictKind Kind, OrderExecState ExecState, DealStatus DealStatus)
{
    /// <summary>Nothing new: a repeated or late message.</summary>
    public static OrderVerdict Keep => new(OrderVerdictKind.Keep, default, default);

    /// <summary>A contradiction: the order stays as it is and a warning is logged.</summary>
    public static OrderVerdict Clash => new(OrderVerdictKind.Clash, default, default);

    public static OrderVerdict To(OrderExecState execState, DealStatus dealStatus) =>
        new(OrderVerdictKind.Change, execState, dealStatus);
}

/// <summary>Kind of an <see cref="OrderVerdict"/>.</summary>
public enum OrderVerdictKind
{
    Keep,
    Change,
    Clash,
}
