using MaoTrade.Engine.Hosting;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Hosting;

public sealed class AccountLeaseTests
{
    [Fact]
    public void An_account_is_held_once()
    {
        using var folder = new TemporaryFolder();
        using var first = AccountLease.TryTake(folder.Path);

        AccountLease.TryTake(folder.Path).Should().BeNull();
    }

    [Fact]
    public void A_full_disk_is_nobody_s_lock()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Whatever is written there finds no room.
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("engine.lock"), "/dev/full");

        var take = () => AccountLease.TryTake(folder.Path);

        take.Should().Throw<IOException>("the engine is to be started again when there is room, not held down as a second one");
    }
}
