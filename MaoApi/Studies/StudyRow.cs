using MaoTrade.Market.Frames;

namespace MaoApi.Studies;

/// <summary>A moment at which at least one of the tickers has a bar. One object, filled anew for each moment.</summary>
internal sealed class StudyRow(int tickers)
{
    private readonly Frame[] _last = new Frame[tickers];
    private readonly bool[] _isFresh = new bool[tickers];
    private readonly bool[] _isKnown = new bool[tickers];
    private int _known;
    private int _fresh;

    /// <summary>Start of the bars, Unix seconds.</summary>
    public long UnixSeconds { get; private set; }

    public int Tickers => tickers;

    /// <summary>Whether every ticker has a bar at this very moment.</summary>
    public bool IsComplete => _fresh == tickers;

    /// <summary>Whether every ticker has had a bar by now.</summary>
    public bool HasAll => _known == tickers;

    /// <summary>Whether a ticker has a bar at this very moment.</summary>
    public bool IsFresh(int ticker) => _isFresh[ticker];

    /// <summary>The last bar of a ticker, at this moment or before.</summary>
    public Frame Bar(int ticker) => _last[ticker];

    /// <summary>The last close of a ticker.</summary>
    public double Close(int ticker) => (double)_last[ticker].Close;

    public void Begin(long unixSeconds)
    {
        UnixSeconds = unixSeconds;
        _fresh = 0;
        Array.Clear(_isFresh);
    }

    public void Put(int ticker, Frame bar)
    {
        _last[ticker] = bar;
        _isFresh[ticker] = true;
        _fresh++;
        _known += _isKnown[ticker] ? 0 : 1;
        _isKnown[ticker] = true;
    }
}
