namespace MaoApi.Studies.Kinds;

/// <summary>
/// Pearson's correlation of the returns (close by the close before, less 1) of two tickers in the last <c>period</c> bars both have.
/// Where one of them did not move, there is no value. The window is summed up anew for each bar: the same bars, the same value, wherever
/// the computation began.
/// </summary>
internal sealed class CorrelationKind : StudyKind
{
    private static readonly StudyNumber Period = new("period", 2, 1000, 60);

    public override string Name => "correlation";

    public override int LeastTickers => 2;

    public override int MostTickers => 2;

    protected override IReadOnlyList<StudyNumber> Numbers => [Period];

    public override IStudyCalculator Create(StudyDefinition definition) => new Calculator((int)definition.Number(Period));

    private sealed class Calculator(int period) : IStudyCalculator
    {
        private readonly Queue<(double One, double Other)> _returns = new(period);
        private (double One, double Other)? _before;

        public int? Lead => period;

        public double? Next(StudyRow row)
        {
            if (!row.IsComplete)
            {
                return null;
            }

            var (one, other) = (row.Close(0), row.Close(1));
            if (_before is { } before)
            {
                if (_returns.Count == period)
                {
                    _returns.Dequeue();
                }

                _returns.Enqueue(((one / before.One) - 1, (other / before.Other) - 1));
            }

            _before = (one, other);
            return _returns.Count == period ? Correlation() : null;
        }

        private double? Correlation()
        {
            var (meanOne, meanOther) = (0d, 0d);
            foreach (var (one, other) in _returns)
            {
                meanOne += one / period;
                meanOther += other / period;
            }

            var (both, squareOne, squareOther) = (0d, 0d, 0d);
            foreach (var (one, other) in _returns)
            {
                both += (one - meanOne) * (other - meanOther);
                squareOne += (one - meanOne) * (one - meanOne);
                squareOther += (other - meanOther) * (other - meanOther);
            }

            return squareOne > 0 && squareOther > 0 ? Math.Clamp(both / Math.Sqrt(squareOne * squareOther), -1, 1) : null;
        }
    }
}
