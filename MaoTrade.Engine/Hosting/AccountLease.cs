namespace MaoTrade.Engine.Hosting;

/// <summary>
/// The right to trade an account: an exclusive lock on <c>engine.lock</c>, which the kernel gives back when the process
/// ends, however it ends. The file names the holder's process.
/// </summary>
public sealed class AccountLease : IDisposable
{
    private readonly FileStream _file;

    private AccountLease(FileStream file) => _file = file;

    /// <summary>Takes the lease; null when another process holds it.</summary>
    public static AccountLease? TryTake(string accountFolder)
    {
        Directory.CreateDirectory(accountFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var file = new FileStream(Path.Combine(accountFolder, "engine.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            file.Flush();
            return new AccountLease(file);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
