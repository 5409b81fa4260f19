using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace MaoTrade.Protocol.Client;

/// <summary>One timer for the deadlines of all routes of a clock: a gateway has a thousand of them, and as many timers cost more than the looks.</summary>
internal sealed class Sweeper
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly ConditionalWeakTable<TimeProvider, Sweeper> All = [];

    private readonly ConcurrentDictionary<EngineRoute, bool> _routes = new();
    private readonly ITimer _timer;

    private Sweeper(TimeProvider time) =>
        _timer = time.CreateTimer(static state => ((Sweeper)state!).Sweep(), this, Interval, Interval);

    public static Sweeper Of(TimeProvider time) => All.GetValue(time, static time => new Sweeper(time));

    public void Add(EngineRoute route) => _routes[route] = true;

    public void Remove(EngineRoute route) => _routes.TryRemove(route, out _);

    private void Sweep()
    {
        foreach (var (route, _) in _routes)
        {
            route.Sweep();
        }
    }
}
