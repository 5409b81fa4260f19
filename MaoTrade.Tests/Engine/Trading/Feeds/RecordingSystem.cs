using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Trading.Feeds;

/// <summary>Writes down what it is told, buys on every closed frame, wants three frames of history.</summary>
public sealed class RecordingSystem(List<string> told, SystemDecision onClose) : TradingSystem
{
    public override string Name => "Recorder";

    public override string Description => "Writes down what it is told";

    public override IReadOnlyList<ParameterDefinition> Parameters => [];

    public static SystemCatalog Catalog(List<string> told, SystemDecision onClose = default) => new(() => new RecordingSystem(told, onClose));

    public override int ResumeFrames(ParameterSet parameters) => 3;

    public override void Initialize(SystemPortfolio portfolio, bool isFirst)
    {
    }

    public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio)
    {
        told.Add(Text(frame.Frame, frame.TimeFrameEnd));
        return frame.TimeFrameEnd ? onClose : SystemDecision.None;
    }

    public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now) =>
        told.Add($"resume {string.Join(',', frames.Select(f => f.UnixSeconds))}");

    public override void OnMarketDataError(string message) => told.Add("error");

    public override void OnMarketDataRestored() => told.Add("restored");

    private static string Text(Frame frame, bool closed) =>
        $"{frame.UnixSeconds} {frame.Open}/{frame.High}/{frame.Low}/{frame.Close} v{frame.Volume} {(closed ? "closed" : "grows")}";
}
