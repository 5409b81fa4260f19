namespace MaoApi.Studies;

/// <summary>Computes a study bar by bar. Not thread-safe.</summary>
internal interface IStudyCalculator
{
    /// <summary>
    /// How many values before a bar it must see to compute that bar's value as if it had seen all; null where it must see all, since it
    /// forgets nothing.
    /// </summary>
    int? Lead { get; }

    /// <summary>Takes the bars of the next moment. Null where they have no value; a value that is not finite counts as none.</summary>
    double? Next(StudyRow row);
}
