namespace MaoApi.Studies.Kinds;

/// <summary>Close of the first ticker less <c>weight</c> times that of the second, where both have a bar.</summary>
internal sealed class SpreadKind : StudyKind
{
    private static readonly StudyNumber Weight = new("weight", -1e6, 1e6, 1, IsWhole: false);

    public override string Name => "spread";

    public override int LeastTickers => 2;

    public override int MostTickers => 2;

    protected override IReadOnlyList<StudyNumber> Numbers => [Weight];

    public override IStudyCalculator Create(StudyDefinition definition) => new Calculator(definition.Number(Weight));

    private sealed class Calculator(double weight) : IStudyCalculator
    {
        public int? Lead => 0;

        public double? Next(StudyRow row) => row.IsComplete ? row.Close(0) - (weight * row.Close(1)) : null;
    }
}
