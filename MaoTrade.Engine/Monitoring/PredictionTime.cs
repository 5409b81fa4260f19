using System.Diagnostics.Metrics;

namespace MaoTrade.Engine.Monitoring;

/// <summary>How long models take for a prediction: <c>mao_ai_prediction_seconds</c> of the meter <c>MaoTrade.Engine</c>.</summary>
internal static class PredictionTime
{
    internal static readonly Meter Meter = new("MaoTrade.Engine");

    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>("mao_ai_prediction_seconds", "s", "Time of one prediction of a model");

    /// <summary>Measures until it is disposed of; nothing is measured where nobody listens.</summary>
    public static Span Measure() => new(Seconds.Enabled ? TimeProvider.System.GetTimestamp() : 0);

    /// <summary>A measurement under way.</summary>
    /// <param name="started">Timestamp; 0 = nobody listens.</param>
    public readonly ref struct Span(long started) : IDisposable
    {
        private readonly long _started = started;

        public void Dispose()
        {
            if (_started != 0)
            {
                Seconds.Record(TimeProvider.System.GetElapsedTime(_started).TotalSeconds);
            }
        }
    }
}
