using MaoTrade.Engine.Testing;
using MaoTrade.Market.Charts.Reports;

namespace MaoTrade.Engine.Hosting.Commands;

/// <summary>What the flags of <c>backtest</c> ask for.</summary>
/// <param name="Plan">The test.</param>
/// <param name="ResumeEverywhere">Also prove the resume at every bar.</param>
/// <param name="Json">The report as JSON on standard output, else as text.</param>
/// <param name="Reports">Where reports with charts go, and in which format.</param>
/// <param name="ProgressLines">Tell the progress to a program.</param>
internal sealed record BacktestRequest(BacktestPlan Plan, bool ResumeEverywhere, bool Json, IReadOnlyList<(string File, ReportFormat Format)> Reports, bool ProgressLines);
