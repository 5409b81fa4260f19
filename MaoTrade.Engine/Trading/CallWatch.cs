namespace MaoTrade.Engine.Trading;

/// <summary>
/// Watches the calls into trading systems: the trade loop marks begin and end of each, somebody else looks from time to
/// time and takes the loop away from a call that lasts too long. Whether a call ends or is taken away is decided once, by
/// one exchange; a call that was taken away finds out when it returns, and its thread ends there.
/// </summary>
/// <param name="time">Measures how long a call lasts.</param>
/// <param name="deadline">Longest call; a look between one and two looks after it finds it.</param>
public sealed class CallWatch(TimeProvider time, TimeSpan deadline)
{
    /// <summary>Longest call unless configured otherwise.</summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(1);

    private const long TakenAway = -1;

    /// <summary>Odd while a call runs, even between calls.</summary>
    private long _state;

    /// <summary>The same as the trade loop left it; the loop's own.</summary>
    private long _number;
    private string _signalId = "";
    private string _system = "";

    /// <summary>The watcher's own: what it saw last, and since when.</summary>
    private long _seen;
    private long _since;

    /// <summary>Longest call.</summary>
    public TimeSpan Deadline => deadline;

    /// <summary>A call begins; by the trade loop.</summary>
    public void Begin(string signalId, string system)
    {
        _signalId = signalId;
        _system = system;
        Volatile.Write(ref _state, ++_number);
    }

    /// <summary>The call has ended; by the trade loop.</summary>
    /// <exception cref="CallTakenAwayException">Too late: the loop was taken away, and nothing may be touched any more.</exception>
    public void End()
    {
        if (Interlocked.CompareExchange(ref _state, _number + 1, _number) != _number)
        {
            throw new CallTakenAwayException(_system);
        }

        _number++;
    }

    /// <summary>Looks once; by the watcher alone.</summary>
    /// <returns>The call that was taken away just now, or null.</returns>
    public StuckCall? Look()
    {
        var state = Volatile.Read(ref _state);
        if (state != _seen)
        {
            _seen = state;
            _since = time.GetTimestamp();
            return null;
        }

        if ((state & 1) == 0 || state == TakenAway || time.GetElapsedTime(_since) < deadline)
        {
            return null;
        }

        var stuck = new StuckCall(_signalId, _system, deadline);
        return Interlocked.CompareExchange(ref _state, TakenAway, state) == state ? stuck : null;
    }
}
