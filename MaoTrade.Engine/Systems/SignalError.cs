namespace MaoTrade.Engine.Systems;

/// <summary>One fault of a signal.</summary>
/// <param name="Field">Path in the signal, for example <c>params.fast_period</c>.</param>
/// <param name="Code">required, type, range, value, unknown or conflict.</param>
/// <param name="Message">What was expected.</param>
public sealed record SignalError(string Field, string Code, string Message);
