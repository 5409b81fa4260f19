namespace MaoApi.Studies.Kinds;

/// <summary>A service computes the values and tells them by <c>POST /srv/study/update</c>.</summary>
internal sealed class GivenKind : StudyKind
{
    public override string Name => "given";

    public override int LeastTickers => 1;

    public override int MostTickers => 1;

    public override bool IsComputed => false;

    public override IStudyCalculator Create(StudyDefinition definition) =>
        throw new NotSupportedException("The values of this study are given, not computed.");
}
