using System.Text.Json;
using MaoTrade.Engine.Hosting;

namespace MaoTrade.Engine.Gateway;

/// <summary>
/// The last configuration the gateway gave, kept for a start without it: <c>gateway.json</c> in the account's folder, for its owner alone,
/// because the account data is in it.
/// </summary>
/// <param name="Tag">The gateway's mark of this version.</param>
/// <param name="Account">What it said.</param>
public sealed record GatewayCopy(string? Tag, GatewayAccount Account)
{
    private const string FileName = "gateway.json";

    /// <summary>Null where there is none, or it cannot be read.</summary>
    public static GatewayCopy? Read(string accountFolder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(accountFolder, FileName)), GatewayJson.Default.GatewayCopy);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file as a whole; nobody else can read it at any moment.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string accountFolder)
    {
        AccountLease.MakeFolder(accountFolder);
        var path = Path.Combine(accountFolder, FileName);
        var fresh = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(accountFolder);
        }
        else
        {
            // At the very first start of a container nobody has made it.
            Directory.CreateDirectory(accountFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(fresh);

        using (var file = new FileStream(fresh, options))
        {
            JsonSerializer.Serialize(file, this, GatewayJson.Default.GatewayCopy);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Shows no secret.</summary>
    public override string ToString() => Account.ToString();
}
