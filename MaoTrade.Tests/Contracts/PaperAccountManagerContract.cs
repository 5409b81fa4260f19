using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Brokers.Paper.Client;
using MaoTrade.Tests.Engine.Brokers.Paper;

namespace MaoTrade.Tests.Contracts;

/// <summary>The paper broker's client on a random market in lockstep.</summary>
public sealed class PaperAccountManagerContract : AccountManagerContract
{
    private PaperRig? _rig;

    protected override string Epic => "EURUSD";

    protected override int TimeFrameSeconds => 300;

    public override async Task InitializeAsync() => _rig = await PaperRig.StartAsync();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _rig!.DisposeAsync();
    }

    protected override IAccountManager Create() => new PaperAccountManager("127.0.0.1", _rig!.Server.Port, "demo");
}
