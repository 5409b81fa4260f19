namespace MaoTrade.Engine.Logs;

/// <summary>Lines of the log that programs look for: the field <c>event</c>. Their fields follow in the text as <c>name=value</c>.</summary>
public static class LogEvents
{
    /// <summary>An execution: <c>trade symbol side amount price strategy confidence profitLoss</c>.</summary>
    public const string TradeExecuted = "trade_executed";

    /// <summary>A model has predicted: <c>symbol action confidence prediction features model version</c>.</summary>
    public const string Predicted = "ai_prediction_generated";

    /// <summary>A signal sends nothing until somebody has looked: <c>signal system symbol error</c>.</summary>
    public const string SystemError = "system_error";
}
