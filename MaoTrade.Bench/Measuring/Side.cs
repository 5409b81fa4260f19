namespace MaoTrade.Bench.Measuring;

/// <summary>One of two things compared.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Run">Measures one slice of about the given length.</param>
internal sealed record Side(string Name, Func<TimeSpan, Slice> Run);
