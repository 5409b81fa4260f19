namespace MaoTrade.Tests.Api.Support;

/// <summary>Waits that end, and say what did not happen.</summary>
internal static class Deadlines
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<T> Within<T>(this Task<T> task, string otherwise)
    {
        await ((Task)task).Within(otherwise);
        return await task;
    }

    public static async Task Within(this Task task, string otherwise)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException(otherwise, late);
        }
    }

    /// <summary>Looks again and again until what is waited for is there.</summary>
    public static Task Until(Func<bool> condition, string otherwise) => Until(condition, Limit, otherwise);

    public static async Task Until(Func<bool> condition, TimeSpan limit, string otherwise)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var deadline = new CancellationTokenSource(limit);
        while (!condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException(otherwise, late);
            }
        }
    }
}
