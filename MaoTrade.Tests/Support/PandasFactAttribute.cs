namespace MaoTrade.Tests.Support;

/// <summary>A test against numbers that Debian's pandas works out; without it the test is skipped and says so.</summary>
public sealed class PandasFactAttribute : FactAttribute
{
    /// <summary>Debian's own: another interpreter may come first on PATH and has other packages.</summary>
    public const string Interpreter = "/usr/bin/python3";

    private const string Package = "/usr/lib/python3/dist-packages/pandas";

    public PandasFactAttribute(bool needsMarketData = false) =>
        Skip = !File.Exists(Interpreter) || !Directory.Exists(Package) ? "python3-pandas is not installed on this machine"
            : needsMarketData ? new MarketDataFactAttribute().Skip
            : null;
}
