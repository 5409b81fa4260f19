using MaoTrade.Market.Indicators;

namespace MaoApi.Studies.Kinds;

/// <summary>
/// An indicator of one ticker, <c>indicator</c> as charts write it (<c>sma:200</c>, <c>macd:12:26:9</c>), and of those with several results
/// the one named <c>result</c>, or the first. Most indicators forget nothing, so all bars are read; they cost nanoseconds each.
/// </summary>
internal sealed class IndicatorKind : StudyKind
{
    private const string Indicator = "indicator";
    private const string Result = "result";

    public override string Name => "indicator";

    public override int LeastTickers => 1;

    public override int MostTickers => 1;

    protected override IReadOnlyList<string> Texts => [Indicator, Result];

    public override IStudyCalculator Create(StudyDefinition definition)
    {
        var choice = IndicatorCatalog.Parse(definition.Text(Indicator), [])[0];
        var result = definition.Text(Result) is { } name ? choice.Definition.Results.ToList().IndexOf(name) : 0;
        return new Calculator(choice.Begin(), result);
    }

    protected override IEnumerable<StudyProblem> CheckTexts(StudyDefinition definition)
    {
        var faults = new List<string>();
        var choices = IndicatorCatalog.Parse(definition.Text(Indicator), faults);
        if (faults.Count > 0 || choices.Count != 1)
        {
            yield return new StudyProblem(
                $"parameters.{Indicator}", faults.Count > 0 ? faults[0] : "indicator is the name of one indicator and its numbers, such as macd:12:26:9");
        }
        else if (definition.Parameters.TryGetProperty(Result, out _)
            && !choices[0].Definition.Results.Contains(definition.Text(Result), StringComparer.Ordinal))
        {
            yield return new StudyProblem($"parameters.{Result}", $"result is one of {string.Join(", ", choices[0].Definition.Results)}");
        }
    }

    private sealed class Calculator(IBarIndicator indicator, int result) : IStudyCalculator
    {
        private readonly double[] _results = new double[indicator.ResultCount];

        public int? Lead => null;

        public double? Next(StudyRow row)
        {
            indicator.Add(Bar.Of(row.Bar(0)));
            indicator.CopyTo(_results);
            return _results[result];
        }
    }
}
