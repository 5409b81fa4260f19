namespace MaoApi.Studies.Kinds;

/// <summary>Close of the first ticker divided by that of the second, where both have a bar: relative strength, or a cross rate.</summary>
internal sealed class RatioKind : StudyKind
{
    public override string Name => "ratio";

    public override int LeastTickers => 2;

    public override int MostTickers => 2;

    public override IStudyCalculator Create(StudyDefinition definition) => new Calculator();

    private sealed class Calculator : IStudyCalculator
    {
        public int? Lead => 0;

        public double? Next(StudyRow row) => row.IsComplete ? row.Close(0) / row.Close(1) : null;
    }
}
