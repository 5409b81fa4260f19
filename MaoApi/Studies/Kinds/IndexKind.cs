namespace MaoApi.Studies.Kinds;

/// <summary>
/// The mean of the tickers' closes, each as per cent of its close at the first moment at which all have had a bar: an index of equal weights
/// that begins at 100. A ticker without a bar counts with its last close.
/// </summary>
internal sealed class IndexKind : StudyKind
{
    public override string Name => "index";

    public override int LeastTickers => 2;

    public override int MostTickers => 500;

    public override IStudyCalculator Create(StudyDefinition definition) => new Calculator();

    private sealed class Calculator : IStudyCalculator
    {
        private double[]? _bases;

        /// <summary>The base lies at the very beginning.</summary>
        public int? Lead => null;

        public double? Next(StudyRow row)
        {
            if (!row.HasAll)
            {
                return null;
            }

            _bases ??= [.. Enumerable.Range(0, row.Tickers).Select(row.Close)];
            var sum = 0d;
            for (var ticker = 0; ticker < _bases.Length; ticker++)
            {
                sum += row.Close(ticker) / _bases[ticker];
            }

            return 100 * sum / _bases.Length;
        }
    }
}
