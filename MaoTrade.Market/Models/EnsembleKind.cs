using System.Text.Json.Serialization;

namespace MaoTrade.Market.Models;

/// <summary>Whose trees they are, and with it how they are walked and added up.</summary>
public enum EnsembleKind
{
    /// <summary>scikit-learn: left where float32 feature ≤ threshold; mean of the leaves.</summary>
    [JsonStringEnumMemberName("random_forest")]
    RandomForest,

    /// <summary>scikit-learn: left where float32 feature ≤ threshold; base + sum of the leaves, learning rate included.</summary>
    [JsonStringEnumMemberName("gradient_boosting")]
    GradientBoosting,

    /// <summary>XGBoost: left where float32 feature &lt; threshold, missing values by the node; base + sum of the leaves, in float32.</summary>
    [JsonStringEnumMemberName("xgboost")]
    XgBoost,
}
