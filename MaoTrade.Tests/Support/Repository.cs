namespace MaoTrade.Tests.Support;

/// <summary>Where the repository and the shared market data lie.</summary>
public static class Repository
{
    /// <summary>The folder of <c>MaoTrade.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Real market data beside the repository; null when it is not there.</summary>
    public static string? MarketData
    {
        get
        {
            var folder = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));
            return Directory.Exists(folder) ? folder : null;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MaoTrade.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("MaoTrade.sln is not above the tests");
    }
}
