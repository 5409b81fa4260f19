using MaoTrade.Engine.Brokers.Paper.Wire;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>One input of the broker's loop.</summary>
internal readonly record struct PaperInput(PaperInputKind Kind, PaperSession? Session = null, PaperRequest? Request = null);

/// <summary>What an input is.</summary>
internal enum PaperInputKind
{
    /// <summary>A request of a connection.</summary>
    Request,

    /// <summary>A connection ended.</summary>
    Gone,

    /// <summary>The live clock is to be looked at.</summary>
    Tick,

    /// <summary>Events held back for reordering have waited long enough.</summary>
    Release,
}
