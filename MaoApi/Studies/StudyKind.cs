namespace MaoApi.Studies;

/// <summary>A way to make one value per bar of the bars of one or several tickers.</summary>
internal abstract class StudyKind
{
    /// <summary>Its word in plans.</summary>
    public abstract string Name { get; }

    public abstract int LeastTickers { get; }

    public abstract int MostTickers { get; }

    /// <summary>Whether the platform computes it; otherwise a service tells its values.</summary>
    public virtual bool IsComputed => true;

    /// <summary>The numbers it may be told.</summary>
    protected virtual IReadOnlyList<StudyNumber> Numbers => [];

    /// <summary>Its parameters that are texts.</summary>
    protected virtual IReadOnlyList<string> Texts => [];

    /// <summary>A calculator that has seen no bar yet, for a definition without problems.</summary>
    public abstract IStudyCalculator Create(StudyDefinition definition);

    /// <summary>Everything that is wrong with a definition.</summary>
    public IEnumerable<StudyProblem> Check(StudyDefinition definition)
    {
        if (definition.Tickers.Count < LeastTickers || definition.Tickers.Count > MostTickers)
        {
            var count = LeastTickers == MostTickers ? $"{LeastTickers}" : $"{LeastTickers} to {MostTickers}";
            yield return new StudyProblem("tickers", $"{Name} is computed of {count} ticker(s)");
        }

        foreach (var member in definition.Parameters.EnumerateObject())
        {
            var number = Numbers.FirstOrDefault(known => known.Name == member.Name);
            var problem = number is not null ? number.Problem(member.Value)
                : Texts.Contains(member.Name) ? null
                : $"{Name} has no parameter {member.Name}{(Known.Count == 0 ? "" : $"; it has {string.Join(", ", Known)}")}";
            if (problem is not null)
            {
                yield return new StudyProblem($"parameters.{member.Name}", problem);
            }
        }

        foreach (var problem in CheckTexts(definition))
        {
            yield return problem;
        }
    }

    /// <summary>What is wrong with the texts among the parameters.</summary>
    protected virtual IEnumerable<StudyProblem> CheckTexts(StudyDefinition definition) => [];

    private List<string> Known => [.. Texts, .. Numbers.Select(number => number.Name)];
}
