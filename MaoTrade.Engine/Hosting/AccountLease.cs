namespace MaoTrade.Engine.Hosting;

/// <summary>
/// The right to trade an account: an exclusive lock on <c>engine.lock</c>, which the kernel gives back when the process
/// ends, however it ends. The file names the holder's process.
/// </summary>
public sealed class AccountLease : IDisposable
{
    private readonly FileStream _file;

    private AccountLease(FileStream file) => _file = file;

    /// <summary>How the system says that another process has a file: on Linux, macOS and Windows.</summary>
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Takes the lease; null when another process holds it.</summary>
    /// <exception cref="IOException">The folder cannot be written to, as on a full disk: that is nobody's lock.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is somebody else's.</exception>
    public static AccountLease? TryTake(string accountFolder)
    {
        MakeFolder(accountFolder);
        try
        {
            var file = new FileStream(Path.Combine(accountFolder, "engine.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            file.Flush();
            return new AccountLease(file);
        }
        catch (IOException fault) when (Held.Contains(fault.HResult))
        {
            return null;
        }
    }

    /// <summary>Makes the account's folder where it is missing, for its owner alone.</summary>
    public static void MakeFolder(string accountFolder) =>
        Directory.CreateDirectory(accountFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>
    /// Identity of the folder, made at its first use: whoever holds the lock in it knows that no other process of this folder
    /// lives. Call it only while holding the lease.
    /// </summary>
    public static string FolderId(string accountFolder)
    {
        Directory.CreateDirectory(accountFolder);
        var file = Path.Combine(accountFolder, "engine.folder");
        var id = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        if (id.Length == 0)
        {
            id = Guid.NewGuid().ToString("N");
            File.WriteAllText(file, $"{id}\n");
        }

        // A copied folder has another path, or is on another machine.
        return $"{id} {Environment.MachineName} {Path.GetFullPath(accountFolder)}";
    }

    public void Dispose() => _file.Dispose();
}
