namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Draws for the faults that depend on the order of requests and events; owned by the broker's loop.</summary>
internal sealed class PaperFaults(PaperFaultOptions options, long seed)
{
    private ulong _state = PaperHash.Of($"faults/{seed}");

    public bool LosesRequest() => Draw(options.LostRequest);

    public bool LosesReply() => Draw(options.LostReply);

    public bool Duplicates() => Draw(options.Duplicate);

    public bool Reorders() => Draw(options.Reorder);

    private bool Draw(double share)
    {
        if (share <= 0)
        {
            return false;
        }

        // SplitMix64.
        _state += 0x9E37_79B9_7F4A_7C15;
        var z = (_state ^ (_state >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53)) < share;
    }
}
