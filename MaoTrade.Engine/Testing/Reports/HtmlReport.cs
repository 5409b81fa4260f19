namespace MaoTrade.Engine.Testing.Reports;

/// <summary>x</summary>
public static class HtmlReport
{
    public static void Write(BacktestResult result, TextWriter output) => output.WriteLine(result.EndEquity);
}
