using System.Globalization;

namespace MaoApi.Commands.Checks;

/// <summary>What a check found, in the words monitoring programs read: <c>MAOAPI OK - text | ms=12;250;500</c>.</summary>
/// <param name="State">0 ok, 1 warning, 2 critical, 3 unknown.</param>
/// <param name="Text">For people, one line.</param>
/// <param name="Figures">Figures with their thresholds.</param>
internal sealed record CheckResult(int State, string Text, params IReadOnlyList<CheckFigure> Figures)
{
    public const int Ok = 0;
    public const int Warning = 1;
    public const int Critical = 2;
    public const int Unknown = 3;

    private static readonly string[] Words = ["OK", "WARNING", "CRITICAL", "UNKNOWN"];

    public static CheckResult OfCritical(string text) => new(Critical, text);

    /// <summary>The worst of a state and what the figures say by their thresholds.</summary>
    public CheckResult Judged() => this with { State = Figures.Select(figure => figure.State).Append(State).Max() };

    public string ToLine(string name)
    {
        var figures = string.Join(' ', Figures.Select(figure => figure.ToString()));
        var text = Text.Replace('|', '/').ReplaceLineEndings(" ");
        return $"{name} {Words[State]} - {text}{(figures.Length == 0 ? "" : $" | {figures}")}";
    }
}

/// <summary>One figure and where it becomes worrying.</summary>
internal sealed record CheckFigure(string Name, double Value, double? Warn = null, double? Crit = null)
{
    public int State => Value >= Crit ? CheckResult.Critical : Value >= Warn ? CheckResult.Warning : CheckResult.Ok;

    public override string ToString() => Warn is null && Crit is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Name}={Value:0.###}")
        : string.Create(CultureInfo.InvariantCulture, $"{Name}={Value:0.###};{Warn:0.###};{Crit:0.###}");
}
