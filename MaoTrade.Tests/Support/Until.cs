namespace MaoTrade.Tests.Support;

/// <summary>Waiting for something outside this process, with a deadline that says what did not happen.</summary>
public static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until the answer is not null.</summary>
    public static async Task<T> NotNullAsync<T>(string what, TimeSpan deadline, Func<Task<T?>> ask, TimeSpan? pause = null)
        where T : class
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            if (TimeProvider.System.GetElapsedTime(began) > deadline)
            {
                throw new TimeoutException($"within {deadline.TotalSeconds} s this did not happen: {what}");
            }

            await Task.Delay(pause ?? Pause, TimeProvider.System);
        }
    }

    /// <summary>Asks until the answer is yes.</summary>
    public static Task TrueAsync(string what, TimeSpan deadline, Func<Task<bool>> ask, TimeSpan? pause = null) =>
        NotNullAsync(what, deadline, async () => await ask() ? "yes" : null, pause);
}
