using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Trading.Signals;

/// <summary>A trading system at work on one epic; on the wire in this shape (contract: Signal).</summary>
public sealed record Signal
{
    public required string SignalId { get; init; }

    public required string Epic { get; init; }

    public required string System { get; init; }

    /// <summary>Length of its frames, seconds.</summary>
    public required int TimeFrame { get; init; }

    public required JsonElement Params { get; init; }

    /// <summary>Market time from which it acts, Unix seconds; null = at once.</summary>
    public long? StartTrade { get; init; }

    /// <summary>Market time from which it no longer acts, Unix seconds; null = open.</summary>
    public long? EndTrade { get; init; }

    public bool Blocked { get; init; }

    public SignalState State { get; init; }

    public string? Error { get; init; }

    public int Version { get; init; } = 1;

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Modified { get; init; }

    /// <summary>Still at work or able to be: it occupies its epic.</summary>
    [JsonIgnore]
    public bool IsLive => State != SignalState.Completed;

    /// <summary>May send orders at a market time.</summary>
    public bool MayActAt(DateTimeOffset marketTime)
    {
        var now = marketTime.ToUnixTimeSeconds();
        return State == SignalState.Running && !Blocked && now >= (StartTrade ?? long.MinValue) && now < (EndTrade ?? long.MaxValue);
    }
}
