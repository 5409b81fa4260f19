namespace MaoApi.Studies.Kinds;

/// <summary>
/// How many of a hundred tickers close above the mean of their own last <c>period</c> closes, the present one among them. A ticker counts
/// from its <c>period</c>th bar on, between its bars with what was last found.
/// </summary>
internal sealed class BreadthKind : StudyKind
{
    private static readonly StudyNumber Period = new("period", 2, 1000, 50);

    public override string Name => "breadth";

    public override int LeastTickers => 2;

    public override int MostTickers => 500;

    protected override IReadOnlyList<StudyNumber> Numbers => [Period];

    public override IStudyCalculator Create(StudyDefinition definition) =>
        new Calculator(definition.Tickers.Count, (int)definition.Number(Period));

    private sealed class Calculator(int tickers, int period) : IStudyCalculator
    {
        private readonly decimal[][] _closes = [.. Enumerable.Range(0, tickers).Select(_ => new decimal[period])];
        private readonly decimal[] _sums = new decimal[tickers];
        private readonly int[] _seen = new int[tickers];
        private readonly bool[] _isAbove = new bool[tickers];
        private int _counted;
        private int _above;

        /// <summary>What was last found of a ticker may lie anywhere before.</summary>
        public int? Lead => null;

        public double? Next(StudyRow row)
        {
            for (var ticker = 0; ticker < tickers; ticker++)
            {
                if (row.IsFresh(ticker))
                {
                    Take(ticker, row.Bar(ticker).Close);
                }
            }

            return _counted > 0 ? 100d * _above / _counted : null;
        }

        /// <summary>In decimals: whether a price that did not move lies above its mean must not hang on the last bit.</summary>
        private void Take(int ticker, decimal close)
        {
            ref var oldest = ref _closes[ticker][_seen[ticker] % period];
            _sums[ticker] += close - oldest;
            oldest = close;
            _seen[ticker]++;
            if (_seen[ticker] >= period)
            {
                _counted += _seen[ticker] == period ? 1 : 0;
                var isAbove = close * period > _sums[ticker];
                _above += (isAbove ? 1 : 0) - (_isAbove[ticker] ? 1 : 0);
                _isAbove[ticker] = isAbove;
            }
        }
    }
}
