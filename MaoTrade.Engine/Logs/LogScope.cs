using System.Collections;

namespace MaoTrade.Engine.Logs;

/// <summary>A log scope of one property: every line within carries it.</summary>
/// <param name="name">One of <see cref="LogNames"/>.</param>
/// <param name="value">What it says.</param>
internal sealed class LogScope(string name, string value) : IReadOnlyList<KeyValuePair<string, object>>
{
    public int Count => 1;

    public KeyValuePair<string, object> this[int index] => new(name, value);

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator()
    {
        yield return this[0];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{name}:{value}";
}
