using System.Globalization;

namespace MaoTrade.Engine.Hosting.Commands;

/// <summary>
/// How far a test is, on standard error: lines for a program, one line written over and over for a person, nothing when
/// nobody looks. Thread-safe.
/// </summary>
internal sealed class BacktestProgress(string what, int total, bool lines) : IProgress<int>
{
    private readonly bool _isWatched = lines || !Console.IsErrorRedirected;
    private readonly Lock _writing = new();
    private int _shown = -1;

    public void Report(int value)
    {
        var perMille = (int)(value * 1000L / Math.Max(1, total));
        lock (_writing)
        {
            if (!_isWatched || perMille <= _shown)
            {
                return;
            }

            _shown = perMille;
            Console.Error.Write(lines
                ? string.Create(CultureInfo.InvariantCulture, $"progress {value} {total}\n")
                : string.Create(CultureInfo.InvariantCulture, $"\r{what} {perMille / 10.0:0.0} % ({value:N0} of {total:N0} bars) "));
        }
    }

    /// <summary>Makes room for what is written next.</summary>
    public void End()
    {
        if (_shown >= 0 && !lines)
        {
            Console.Error.Write("\r" + new string(' ', 78) + "\r");
        }
    }
}
