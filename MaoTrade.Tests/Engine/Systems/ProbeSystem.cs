using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Systems;

/// <summary>A system that does on each frame what a test says, and counts its frames in its state.</summary>
public sealed class ProbeSystem : TradingSystem
{
    private readonly string _name;

    public ProbeSystem(string name = "Probe") => _name = name;

    public Action<ProbeSystem, SystemFrame>? OnFrame { get; init; }

    public Action? OnResume { get; init; }

    public Action? OnValidate { get; init; }

    public Action<SystemState>? OnMigrate { get; init; }

    public int Version { get; init; } = 1;

    public SystemDecision Decision { get; set; }

    public List<string> Heard { get; } = [];

    public long Frames => State.GetInt64("frames");

    public override string Name => _name;

    public override string Description => "Does what a test says";

    public override IReadOnlyList<ParameterDefinition> Parameters => [];

    public override int StateVersion => Version;

    public override void ValidateSignal(ParameterSet parameters, SystemPortfolio portfolio, ICollection<SignalError> errors) =>
        OnValidate?.Invoke();

    public override void Initialize(SystemPortfolio portfolio, bool isFirst) => State.Set("frames", 0);

    public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio)
    {
        State.Set("frames", Frames + 1);
        OnFrame?.Invoke(this, frame);
        return Decision;
    }

    public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now) => OnResume?.Invoke();

    public override void OnDatastoreWritten(string key, string? value) => Heard.Add($"{key}={value}");

    public void Say(string message, Severity severity = Severity.Info) => Log(message, severity);

    public void Send(string title, string message) => Push(title, message);

    public void Draw(string area, string name, long frame, double value, SeriesKind kind = SeriesKind.Line) =>
        Chart.Declare(area, name, kind).Add(frame, value);

    public IReadOnlyCollection<ChartPoint> Drawn(string area, string name) => Chart.Declare(area, name).Points;

    public void Store(string key, string? value) => Datastore.Write(key, value);

    protected override void Prepare()
    {
        Chart.Declare("price", "line");
        Chart.Declare("price", "marks", SeriesKind.Marks);
    }

    protected internal override void Migrate(int from, SystemState state)
    {
        if (OnMigrate is null)
        {
            base.Migrate(from, state);
        }

        OnMigrate!(state);
    }
}
