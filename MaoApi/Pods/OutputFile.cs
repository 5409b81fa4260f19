namespace MaoApi.Pods;

/// <summary>The file a process writes its output to. It is written by appending, so it can be emptied under the writer.</summary>
internal static class OutputFile
{
    private const long MaxBytes = 10 * 1024 * 1024;

    /// <summary>Keeps one older file beside the present one.</summary>
    public static void RotateIfLarge(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length < MaxBytes)
        {
            return;
        }

        File.Copy(path, path + ".1", overwrite: true);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.SetLength(0);
    }
}
