using System.Net;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Settings of the paper broker.</summary>
public sealed record PaperBrokerOptions
{
    /// <summary>Word for the random market.</summary>
    public const string RandomMarket = "random";

    /// <summary>Address it listens on. Default: loopback.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port. Default 0 = any free one; 0 to 65535.</summary>
    public int Port { get; init; }

    /// <summary>Folder of its database <c>paper.db</c>; created when absent. Default <c>paper</c>.</summary>
    public string DataDirectory { get; init; } = "paper";

    /// <summary><c>random</c>, a Metastock folder or a CSV file. Default random.</summary>
    public string Market { get; init; } = RandomMarket;

    /// <summary>
    /// Instruments: of the random market (empty = a handful of default ones), of a Metastock folder (empty = all), or the
    /// name of a CSV file's instrument (empty = its file name in upper case). Default empty.
    /// </summary>
    public IReadOnlyList<string> Epics { get; init; } = [];

    /// <summary>Seed of the random market and of the faults. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Length of the random market's bars, seconds. Default 60; 1 to 86,400.</summary>
    public int BaseTimeFrameSeconds { get; init; } = 60;

    /// <summary>Where a random market begins in lockstep. Default 2026-01-05T00:00:00Z.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Lengths of the frames it sends, seconds. Default empty: every multiple of the data's own.</summary>
    public IReadOnlyList<int> TimeFrames { get; init; } = [];

    /// <summary>What moves the market. Default live.</summary>
    public PaperClockMode Clock { get; init; }

    /// <summary>Market seconds per second of wall time in the live clock. Default 1; above 0, at most 1,000,000.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>How often the live clock looks at the market. Default 100 ms.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Accounts served. Default empty: any account of a legal name, at most 256.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Cash of a new account. Default 100,000; above 0.</summary>
    public decimal Cash { get; init; } = 100_000;

    /// <summary>Currency of the accounts. Default USD.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Share of a position's opening value that is held as margin. Default 0.05; above 0, at most 1.</summary>
    public decimal MarginRate { get; init; } = 0.05m;

    /// <summary>Distance of bid and ask in price units where the data has one price only; null = the instrument's own. 0 and more.</summary>
    public decimal? Spread { get; init; }

    /// <summary>Price units by which market and stop orders fill worse. Default 0; 0 and more.</summary>
    public decimal Slippage { get; init; }

    /// <summary>File of the ledger; null = none.</summary>
    public string? LedgerFile { get; init; }

    /// <summary>Whether a deal reference seen before answers as the first order (else it is a second order). Default true.</summary>
    public bool Dedupe { get; init; } = true;

    /// <summary>How long an accepted order stays invisible to look-up, open orders and history. Default 0; at most 1 h.</summary>
    public TimeSpan LookUpLag { get; init; }

    /// <summary>What goes wrong on purpose. Default nothing.</summary>
    public PaperFaultOptions Fault { get; init; } = new();

    /// <summary>Every setting that is out of its range, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [];
        Check(Port is >= 0 and <= 65_535, "port must be 0 to 65535");
        Check(DataDirectory.Length > 0, "data-dir must be named");
        Check(Market == RandomMarket || File.Exists(Market) || Directory.Exists(Market), $"market must be random or an existing path: {Market}");
        Check(Epics.All(epic => epic.Length is > 0 and <= 40) && Epics.Distinct().Count() == Epics.Count && Epics.Count <= 1_000,
            "epic must be at most 1,000 different names of 1 to 40 characters");
        Check(BaseTimeFrameSeconds is >= 1 and <= 86_400, "the time frame must be 1 to 86400 s");
        Check(TimeFrames.All(seconds => seconds is >= 1 and <= PaperLimits.TimeFrameSeconds), $"time-frames must be 1 to {PaperLimits.TimeFrameSeconds} s");
        Check(Speed is > 0 and <= 1_000_000, "speed must be above 0 and at most 1000000");
        Check(Tick > TimeSpan.Zero && Tick <= TimeSpan.FromMinutes(1), "the tick must be above 0 and at most 1 min");
        Check(Accounts.All(IsAccountId), "accounts must be names of 1 to 40 characters a-z, 0-9 and _");
        Check(Accounts.Count <= PaperLimits.Accounts, $"accounts must be at most {PaperLimits.Accounts}");
        Check(Cash is > 0 and <= 1_000_000_000_000, "cash must be above 0 and at most 1000000000000");
        Check(MarginRate is > 0 and <= 1, "the margin rate must be above 0 and at most 1");
        Check(Spread is null or >= 0, "spread must be 0 or more");
        Check(Slippage >= 0, "slippage must be 0 or more");
        Check(LookUpLag >= TimeSpan.Zero && LookUpLag <= TimeSpan.FromHours(1), "lookup-lag must be 0 to 1h");
        Check(Fault.Delay >= TimeSpan.Zero && Fault.Delay <= TimeSpan.FromMinutes(1), "fault delay must be 0 to 60s");
        Share(Fault.LostReply, "lost-reply");
        Share(Fault.LostRequest, "lost-request");
        Share(Fault.Reject, "reject");
        Share(Fault.Duplicate, "duplicate");
        Share(Fault.Reorder, "reorder");
        return errors;

        void Check(bool good, string error)
        {
            if (!good)
            {
                errors.Add(error);
            }
        }

        void Share(double share, string name) => Check(share is >= 0 and <= 1, $"fault {name} must be 0 to 1");
    }

    internal static bool IsAccountId(string id) =>
        id.Length is > 0 and <= 40 && id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');
}
