namespace MaoTrade.Tests.Support;

/// <summary>A test that trains with scikit-learn and XGBoost; without them it is skipped and says so.</summary>
public sealed class TrainingFactAttribute : FactAttribute
{
    public TrainingFactAttribute()
    {
        if (Python.Missing("pandas", "sklearn", "xgboost") is { } missing)
        {
            Skip = $"Debian's {missing} is not installed on this machine (python3-pandas, python3-sklearn, python3-xgboost)";
        }
    }
}
