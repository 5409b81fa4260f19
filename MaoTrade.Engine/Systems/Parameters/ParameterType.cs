namespace MaoTrade.Engine.Systems.Parameters;

/// <summary>Type of a system's parameter.</summary>
public enum ParameterType
{
    Int,
    Decimal,
    String,
    Enum,
    Bool,
    Time,
}
