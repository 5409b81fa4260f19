using MaoTrade.Engine.Testing.Simulation;
using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Testing;

/// <summary>Runs a plan with the live trade manager under simulated time. Deterministic; one thread.</summary>
public static class Backtest
{
    /// <summary>Bars between two looks at progress and cancellation.</summary>
    private const int Stride = 4_096;

    /// <summary>Runs to the end.</summary>
    /// <param name="plan">What is tested.</param>
    /// <param name="progress">Told the bars worked so far, now and then; may be null.</param>
    /// <param name="cancellationToken">Ends the run between two bars.</param>
    /// <exception cref="BacktestRefusedException">The engine does not take the system or its parameters.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static BacktestResult Run(BacktestPlan plan, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var run = SimulatedRun.Begin(plan);
        var equity = new List<EquityPoint>(plan.Bars.Count);
        var exposed = 0;
        while (run.Next < plan.Bars.Count)
        {
            if (run.Next == plan.ResumeAt)
            {
                run.Resume();
            }

            if (run.Next % Stride == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(run.Next);
            }

            run.Step();
            equity.Add(run.Equity);
            exposed += run.IsFlat ? 0 : 1;
        }

        progress?.Report(run.Next);
        var record = run.Record;
        var trades = record.Trades.ConvertAll(trade => new ClosedTrade(DateTimeOffset.FromUnixTimeSeconds(trade.ExitFrame), trade.Pnl, trade.Fees));
        var account = AccountResult.OfCurve(plan.StartEquity, equity, trades, (double)exposed / plan.Bars.Count);
        return new BacktestResult(plan, record.Orders, record.Trades, equity, record.Fees, account.Figures(), account.Days, run.Notes) { Chart = run.Chart };
    }
}
