using System.Collections;

namespace MaoTrade.Engine.Server;

/// <summary>The log scope of a request: every line it causes carries the gateway's request id.</summary>
internal sealed class RequestScope(string requestId) : IReadOnlyList<KeyValuePair<string, object>>
{
    public int Count => 1;

    public KeyValuePair<string, object> this[int index] => new("rid", requestId);

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator()
    {
        yield return this[0];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"rid:{requestId}";
}
