using MaoTrade.Market.Frames;

namespace MaoTrade.Market.Csv;

/// <summary>One line of a CSV file: a frame, or what is wrong with the line.</summary>
/// <param name="Line">Line number, the first line is 1.</param>
/// <param name="Bar">The frame; null when the line is faulty.</param>
/// <param name="Error">What is wrong; null when the line is good.</param>
public readonly record struct CsvRow(int Line, QuotedFrame? Bar, string? Error);
