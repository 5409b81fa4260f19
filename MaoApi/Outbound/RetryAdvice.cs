using System.Net.Http.Headers;

namespace MaoApi.Outbound;

/// <summary>What a server asks to be waited before it is called again, by seconds or by a date.</summary>
internal static class RetryAdvice
{
    public static TimeSpan? Of(RetryConditionHeaderValue? header, TimeProvider time)
    {
        var wait = header?.Delta ?? header?.Date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }
}
