namespace MaoTrade.Engine.Hosting.Commands;

/// <summary>Cancels when standard input ends: whoever started this process is gone.</summary>
internal sealed class ParentWatch : IDisposable
{
    private readonly Stream _input = Console.OpenStandardInput();
    private readonly Thread _thread;

    public ParentWatch(CancellationTokenSource stop)
    {
        _thread = new Thread(() => Wait(stop)) { IsBackground = true, Name = "parent" };
        _thread.Start();
    }

    public void Dispose() => _input.Dispose();

    private void Wait(CancellationTokenSource stop)
    {
        var buffer = new byte[64];
        try
        {
            while (_input.Read(buffer) > 0)
            {
            }

            stop.Cancel();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
