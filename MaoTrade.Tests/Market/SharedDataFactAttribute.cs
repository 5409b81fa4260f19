namespace MaoTrade.Tests.Market;

/// <summary>A test on recorded prices, which lie in the folder <c>shared</c> beside the repository; without them it is skipped.</summary>
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string path)
    {
        if (Find(path) is null)
        {
            Skip = $"shared/{path} is not beside the repository";
        }
    }

    /// <summary>Full path of a file or folder of recorded prices, or null.</summary>
    public static string? Find(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MaoTrade.sln")))
        {
            folder = folder.Parent;
        }

        var full = folder is null ? null : Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", path));
        return File.Exists(full) || Directory.Exists(full) ? full : null;
    }
}
