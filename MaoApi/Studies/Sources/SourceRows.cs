using System.Runtime.CompilerServices;
using MaoApi.Data;

namespace MaoApi.Studies.Sources;

/// <summary>The bars of several tickers, moment by moment.</summary>
internal static class SourceRows
{
    private const int RowsPerPause = 4096;

    /// <summary>Every moment from a time on at which one of the tickers has a bar. It is the same object each time.</summary>
    /// <param name="history">The database.</param>
    /// <param name="tickerKeys">The tickers.</param>
    /// <param name="timeFrameSeconds">Length of their bars.</param>
    /// <param name="from">The first start, Unix seconds.</param>
    /// <param name="read">Is told how many blocks of bars were read by now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<StudyRow> ReadAsync(
        MaoDataContext history,
        IReadOnlyList<int> tickerKeys,
        int timeFrameSeconds,
        long from,
        Action<int> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursors = tickerKeys.Select(key => new BlockCursor(history, key, timeFrameSeconds, from)).ToArray();
        var open = new bool[cursors.Length];
        for (var i = 0; i < cursors.Length; i++)
        {
            open[i] = await cursors[i].NextAsync(cancellationToken);
        }

        var row = new StudyRow(cursors.Length);
        for (var rows = 1; Earliest(cursors, open) is { } moment; rows++)
        {
            if (rows % RowsPerPause == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                read(cursors.Sum(cursor => cursor.Blocks));
            }

            row.Begin(moment);
            for (var i = 0; i < cursors.Length; i++)
            {
                if (open[i] && cursors[i].Bar.UnixSeconds == moment)
                {
                    row.Put(i, cursors[i].Bar);
                    open[i] = await cursors[i].NextAsync(cancellationToken);
                }
            }

            yield return row;
        }
    }

    private static long? Earliest(BlockCursor[] cursors, bool[] open)
    {
        long? earliest = null;
        for (var i = 0; i < cursors.Length; i++)
        {
            if (open[i] && !(cursors[i].Bar.UnixSeconds >= earliest))
            {
                earliest = cursors[i].Bar.UnixSeconds;
            }
        }

        return earliest;
    }
}
