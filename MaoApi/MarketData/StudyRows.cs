using System.Globalization;
using System.Text;
using MaoApi.Data;
using MaoApi.Data.History;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.MarketData;

/// <summary>Writes many values of a study: a statement for hundreds of them, where one each would take minutes for a long history.</summary>
internal static class StudyRows
{
    private const int RowsPerStatement = 500;

    /// <summary>Replaces all values from a frame on. Belongs into a transaction.</summary>
    public static async Task ReplaceAsync(
        MaoDataContext history, int studyKey, long from, IReadOnlyList<StudyValue> values, CancellationToken cancellationToken)
    {
        await history.StudyValues.Where(row => row.StudyKey == studyKey && row.Frame >= from).ExecuteDeleteAsync(cancellationToken);
        foreach (var part in values.Chunk(RowsPerStatement))
        {
            // Numbers alone: seventeen digits say a double to the last bit, in every kind of database.
            var sql = new StringBuilder("INSERT INTO mao_study_values (c_studies, frame, value) VALUES ");
            foreach (var (index, row) in part.Index())
            {
                sql.Append(CultureInfo.InvariantCulture, $"{(index == 0 ? "" : ",")}({studyKey},{row.Frame},{row.Value:E16})");
            }

            await history.Database.ExecuteSqlRawAsync(sql.ToString(), cancellationToken);
        }
    }
}
