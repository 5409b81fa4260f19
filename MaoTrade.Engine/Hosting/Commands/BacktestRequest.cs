using MaoTrade.Engine.Testing;

namespace MaoTrade.Engine.Hosting.Commands;

/// <summary>What the flags of <c>backtest</c> ask for.</summary>
/// <param name="Plan">The test.</param>
/// <param name="ResumeEverywhere">Also prove the resume at every bar.</param>
/// <param name="Json">The report as JSON on standard output, else as text.</param>
/// <param name="HtmlFile">Where a report with charts goes, or null.</param>
/// <param name="ProgressLines">Tell the progress to a program.</param>
internal sealed record BacktestRequest(BacktestPlan Plan, bool ResumeEverywhere, bool Json, string? HtmlFile, bool ProgressLines);
