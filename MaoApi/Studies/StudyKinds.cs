using System.Collections.Frozen;
using MaoApi.Studies.Kinds;

namespace MaoApi.Studies;

/// <summary>The kinds of studies there are.</summary>
internal static class StudyKinds
{
    public static readonly FrozenDictionary<string, StudyKind> All =
        new StudyKind[]
        {
            new IndicatorKind(), new RatioKind(), new SpreadKind(), new CorrelationKind(), new IndexKind(), new BreadthKind(), new GivenKind(),
        }.ToFrozenDictionary(kind => kind.Name);
}
