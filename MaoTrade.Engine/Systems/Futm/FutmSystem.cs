using MaoTrade.Engine.Systems.Instructions;

namespace MaoTrade.Engine.Systems.Futm;

/// <summary>
/// Follow the user at the market: carries out one instruction on the first closed frame and is completed when it is filled.
/// </summary>
public sealed class FutmSystem : InstructionSystem
{
    public override string Name => "FUTM";

    public override string Description => "Carries out one instruction of the user at the market";

    protected override bool MayActOn(in SystemFrame frame) => true;
}
