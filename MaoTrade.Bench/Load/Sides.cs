using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;

namespace MaoTrade.Bench.Load;

/// <summary>A load and the processes that serve it, as a side of a comparison.</summary>
internal static class Sides
{
    public static Side Of(string name, LoadClient load, params int[] processIds) => new(name, time =>
    {
        var before = ProcessFigures.Cpu(processIds);
        var (requests, elapsed) = load.Run(time);
        return new Slice(requests, elapsed, ProcessFigures.Cpu(processIds) - before);
    });
}
