using MaoTrade.Engine.Brokers.Paper.Prices;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Where an account stands in the market of one epic; owned by the broker's loop.</summary>
internal sealed class PaperStream(PaperAccount account, PaperInstrument instrument)
{
    public PaperAccount Account { get; } = account;

    public PaperInstrument Instrument { get; } = instrument;

    public string Epic => Instrument.Epic;

    public int TimeFrameSeconds { get; set; } = instrument.BaseSeconds;

    /// <summary>The next bar is the first one that starts here or later.</summary>
    public long Next { get; set; }

    /// <summary>Number of bars opened so far.</summary>
    public long Bars { get; set; }

    /// <summary>The next bar's opening is done: market orders were filled at it.</summary>
    public bool Opened { get; set; }

    /// <summary>The inside of the next bar is done: only its sending is left.</summary>
    public bool Worked { get; set; }

    /// <summary>The data is at its end and the engine was told.</summary>
    public bool Ended { get; set; }

    /// <summary>Start of the last bar sent.</summary>
    public long? LastFrame { get; set; }

    public decimal? LastBid { get; set; }

    public decimal? LastAsk { get; set; }

    /// <summary>Orders received for this epic so far.</summary>
    public long Ordinal { get; set; }

    /// <summary>Whether the present connection wants frames; not stored.</summary>
    public bool Subscribed { get; set; }

    /// <summary>Events of this epic without acknowledgement; counted, not stored.</summary>
    public int Unacknowledged { get; set; }
}
