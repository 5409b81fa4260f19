using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace MaoApi.Commands.Rest;

/// <summary>The data of a <c>text/event-stream</c>, event by event, as long as it is JSON.</summary>
internal static class EventStream
{
    public static async IAsyncEnumerable<string> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.Data.StartsWith('{'))
            {
                yield return item.Data;
            }
        }
    }
}
