namespace MaoApi.Commands.Output;

/// <summary>One line that tells how far something is, where a person looks; elsewhere nothing.</summary>
internal sealed class CommandProgress(CommandConsole console, string what) : IDisposable
{
    private const int Width = 30;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long _shownAt;
    private bool _isShown;

    public void Show(double part, string detail)
    {
        if (!console.ShowsProgress || (_isShown && console.Time.GetElapsedTime(_shownAt) < Interval && part < 1))
        {
            return;
        }

        var full = (int)(Math.Clamp(part, 0, 1) * Width);
        console.Error.Write($"\r{what} [{new string('#', full)}{new string('.', Width - full)}] {part,4:P0} {detail}   ");
        _shownAt = console.Time.GetTimestamp();
        _isShown = true;
    }

    public void Dispose()
    {
        if (_isShown)
        {
            console.Error.WriteLine();
        }
    }
}
