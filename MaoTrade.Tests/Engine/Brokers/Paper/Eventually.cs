namespace MaoTrade.Tests.Engine.Brokers.Paper;

/// <summary>Waits for a state that another loop reaches on its own.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string otherwise)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > PaperPeer.Deadline)
            {
                throw new TimeoutException(otherwise);
            }

            await Task.Yield();
        }
    }
}
