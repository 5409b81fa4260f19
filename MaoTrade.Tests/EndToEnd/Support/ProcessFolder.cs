using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd.Support;

/// <summary>A temporary folder with a data folder in it. Engines outlive a killed gateway, and so a failed test: what works on it ends with it.</summary>
public sealed class ProcessFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Data => File("data");

    public string File(string name) => _folder.File(name);

    public void Dispose()
    {
        foreach (var left in Processes.Of(Data, ""))
        {
            Processes.Kill(left);
        }

        _folder.Dispose();
    }
}
