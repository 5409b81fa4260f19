using MaoTrade.Engine.Systems.Instructions;
using MaoTrade.Engine.Systems.Parameters;

namespace MaoTrade.Engine.Systems.Futc;

/// <summary>
/// Follow the user at the close: carries out one instruction on the first frame that ends within a window of the day, both
/// ends included, in the account's time zone. A window that ends before it begins goes over midnight.
/// </summary>
public sealed class FutcSystem : InstructionSystem
{
    private TimeOnly _from;
    private TimeOnly _to;

    public override string Name => "FUTC";

    public override string Description => "Carries out one instruction of the user at a candle's close within a window of the day";

    public override IReadOnlyList<ParameterDefinition> Parameters { get; }

    public FutcSystem() => Parameters =
    [
        .. base.Parameters,
        new("window_from", ParameterType.Time, "Begin of the window, in the account's time zone") { Required = true },
        new("window_to", ParameterType.Time, "End of the window, in the account's time zone") { Required = true },
    ];

    protected override void Prepare()
    {
        _from = Values.Time("window_from");
        _to = Values.Time("window_to");
    }

    protected override bool MayActOn(in SystemFrame frame)
    {
        var end = TimeOnly.FromDateTime(Context.LocalEnd(frame.Frame.UnixSeconds).DateTime);
        return _from <= _to ? _from <= end && end <= _to : _from <= end || end <= _to;
    }
}
