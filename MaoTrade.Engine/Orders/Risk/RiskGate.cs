using System.Globalization;

namespace MaoTrade.Engine.Orders.Risk;

/// <summary>
/// The last look before an order is made. Pure. Fails closed: a limit whose figure is unknown or absurd refuses, and without
/// a fresh price nothing opens.
/// Closing a position is never refused by limits on size, count, loss or time: risk may always be reduced.
/// </summary>
public static class RiskGate
{
    /// <summary>The refusal, naming the limit and its figures, or null when the order may go.</summary>
    /// <param name="intent">What is to become an order.</param>
    /// <param name="limits">The account's limits.</param>
    /// <param name="look">The figures, asked for only when a limit is in force.</param>
    public static string? Refuse(TradeIntent intent, RiskLimits limits, Func<RiskView> look)
    {
        if (intent.Action == OrderAction.ModifyPosition)
        {
            return null;
        }

        if (intent.Qty <= 0)
        {
            return $"quantity {intent.Qty} is not above 0";
        }

        if (!limits.Enabled || intent.Action == OrderAction.ClosePosition)
        {
            return null;
        }

        try
        {
            var view = look();
            return Size(intent, limits, view) ?? Count(limits, view) ?? Loss(limits, view) ?? Price(intent, limits, view) ?? Window(limits, view);
        }
        catch (OverflowException)
        {
            return $"absurd figures: quantity {intent.Qty}, price {intent.Price?.ToString() ?? "none"} of {intent.Epic} cannot be reckoned with";
        }
    }

    private static string? Size(TradeIntent intent, RiskLimits limits, RiskView view)
    {
        if (intent.Qty > limits.MaxQty)
        {
            return $"maxQty: quantity {intent.Qty} is above {limits.MaxQty}";
        }

        var after = view.PositionQty + (intent.OpType == OrderOpType.Buy ? intent.Qty : -intent.Qty);
        return limits.MaxQtyPerEpic is { } epics && epics.TryGetValue(intent.Epic, out var most) && Math.Abs(after) > most
            ? $"maxQtyPerEpic: the position in {intent.Epic} would be {after}, above {most}"
            : null;
    }

    private static string? Count(RiskLimits limits, RiskView view)
    {
        if (view.OrdersLastMinute >= limits.MaxOrdersPerMinute)
        {
            return $"maxOrdersPerMinute: {view.OrdersLastMinute} orders in the last minute, the limit is {limits.MaxOrdersPerMinute}";
        }

        return view.OpenPositions >= limits.MaxOpenPositions
            ? $"maxOpenPositions: {view.OpenPositions} positions are open, the limit is {limits.MaxOpenPositions}"
            : null;
    }

    private static string? Loss(RiskLimits limits, RiskView view)
    {
        if (limits.MaxDailyLoss is { } maxLoss)
        {
            if (view.Equity is not { } equity || view.DayStartEquity is not { } start || start <= 0)
            {
                return "maxDailyLoss: the equity is not known";
            }

            if (start - equity >= maxLoss)
            {
                return $"maxDailyLoss: the day's loss is {start - equity}, the limit is {maxLoss}";
            }
        }

        if (limits.MaxDrawdownPercent is { } maxDrawdown)
        {
            if (view.Equity is not { } equity || view.DayPeakEquity is not > 0)
            {
                return "maxDrawdownPercent: the equity is not known";
            }

            var drawdown = (view.DayPeakEquity.Value - equity) / view.DayPeakEquity.Value * 100m;
            if (drawdown >= maxDrawdown)
            {
                return $"maxDrawdownPercent: {drawdown:0.####} % below the day's peak, the limit is {maxDrawdown} %";
            }
        }

        return null;
    }

    private static string? Price(TradeIntent intent, RiskLimits limits, RiskView view)
    {
        if (view.LastPrice is not > 0)
        {
            return $"{(limits.MaxTickDeviationPercent is null ? "price" : "maxTickDeviationPercent")}: no price of {intent.Epic} is known";
        }

        if (view.IsPriceStale)
        {
            return $"price: the last price {view.LastPrice} of {intent.Epic} is stale";
        }

        if (limits.MaxTickDeviationPercent is not { } most)
        {
            return null;
        }

        if (intent.Price is not { } price)
        {
            return null;
        }

        var deviation = Math.Abs(price - view.LastPrice.Value) / view.LastPrice.Value * 100m;
        return deviation > most
            ? $"maxTickDeviationPercent: {price} is {deviation:0.####} % from the last price {view.LastPrice}, the limit is {most} %"
            : null;
    }

    private static string? Window(RiskLimits limits, RiskView view)
    {
        if (limits.TradingFrom is null && limits.TradingTo is null)
        {
            return null;
        }

        var from = Parse(limits.TradingFrom) ?? TimeOnly.MinValue;
        var to = Parse(limits.TradingTo) ?? TimeOnly.MaxValue;
        if (view.LocalTime is not { } now)
        {
            return "tradingFrom–tradingTo: the market time is not known";
        }

        return now.IsBetween(from, to)
            ? null
            : $"tradingFrom–tradingTo: {now:HH\\:mm} is outside {limits.TradingFrom ?? "00:00"}–{limits.TradingTo ?? "24:00"}";
    }

    private static TimeOnly? Parse(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
