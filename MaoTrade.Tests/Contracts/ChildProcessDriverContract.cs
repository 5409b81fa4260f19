using System.Globalization;
using MaoApi.Pods;
using MaoTrade.Tests.EndToEnd.Support;

namespace MaoTrade.Tests.Contracts;

/// <summary>Processes of this machine.</summary>
public sealed class ChildProcessDriverContract : PodDriverContract
{
    private protected override IPodDriver Driver() => new ChildProcessDriver(TimeProvider.System);

    private protected override Task CrashAsync(IPodProcess process)
    {
        Processes.Kill(int.Parse(process.Id, CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }
}
