using System.Collections.Concurrent;
using MaoTrade.Engine.Testing.Simulation;

namespace MaoTrade.Engine.Testing;

/// <summary>
/// The proof of <c>Resume</c>: for every bar, an engine made anew from the store after it must trade the rest exactly as
/// the uninterrupted one. Orders before the bar are the uninterrupted run's own, so the whole orders agree where the rest
/// does.
/// </summary>
public static class ResumeProof
{
    /// <summary>The bars after which a resumed run ends with other orders or another equity, in ascending order.</summary>
    /// <param name="whole">The uninterrupted run.</param>
    /// <param name="progress">Told the resumes done so far, now and then; may be null.</param>
    /// <param name="cancellationToken">Ends the proof.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<int> Differing(BacktestResult whole, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var differing = new ConcurrentBag<int>();
        var done = 0;
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(Partitioner.Create(Snapshots(whole.Plan with { KeepsChart = false }), EnumerablePartitionerOptions.NoBuffering), options, snapshot =>
        {
            if (!EndsAs(whole, snapshot.At, snapshot.Orders, cancellationToken))
            {
                differing.Add(snapshot.At.Next);
            }

            progress?.Report(Interlocked.Increment(ref done));
        });
        return [.. differing.Order()];
    }

    /// <summary>What outlives the engine after each bar, and how many orders were filled by then.</summary>
    private static IEnumerable<(RunSnapshot At, int Orders)> Snapshots(BacktestPlan plan)
    {
        var run = SimulatedRun.Begin(plan);
        while (run.Next < plan.Bars.Count)
        {
            run.Step();
            yield return (run.Snapshot(), run.Record.Orders.Count);
        }
    }

    private static bool EndsAs(BacktestResult whole, RunSnapshot snapshot, int ordersBefore, CancellationToken cancellationToken)
    {
        var run = SimulatedRun.Resume(whole.Plan with { KeepsChart = false }, snapshot);
        while (run.Next < whole.Plan.Bars.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Step();
        }

        return run.Equity.Value == whole.EndEquity && run.Record.Orders.SequenceEqual(whole.Orders.Skip(ordersBefore));
    }
}
