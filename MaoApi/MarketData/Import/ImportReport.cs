namespace MaoApi.MarketData.Import;

/// <summary>What an import did. Not thread-safe.</summary>
internal sealed class ImportReport
{
    /// <summary>Faults are counted beyond it, and no longer listed: a file may be nothing but faults.</summary>
    private const int MostFaults = 1_000;

    private readonly List<ImportedSeries> _series = [];
    private readonly List<ImportFault> _faults = [];

    public IReadOnlyList<ImportedSeries> Series => _series;

    /// <summary>The first of them, see <see cref="FaultCount"/>.</summary>
    public IReadOnlyList<ImportFault> Faults => _faults;

    public int FaultCount { get; private set; }

    public void Add(ImportedSeries series) => _series.Add(series);

    public void Fault(string file, int row, string message)
    {
        FaultCount++;
        if (_faults.Count < MostFaults)
        {
            _faults.Add(new ImportFault(file, row, message));
        }
    }
}
