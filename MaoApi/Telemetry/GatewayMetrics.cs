using System.Diagnostics.Metrics;

namespace MaoApi.Telemetry;

/// <summary>
/// What the gateway counts and measures. Recording costs nothing while nobody reads, and little otherwise. Rooms with figures of their own
/// make them on <see cref="Meter"/>; names and labels are those of the Prometheus page. Safe from any thread.
/// </summary>
internal sealed class GatewayMetrics : IDisposable
{
    public const string MeterName = "MaoApi";

    private const string Seconds = "s";

    private readonly Counter<long> _requests;
    private readonly Histogram<double> _responses;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _rateHits;
    private readonly Histogram<double> _rateWaits;
    private readonly Counter<long> _rateTokens;
    private readonly Histogram<double> _engineCalls;
    private readonly Histogram<double> _queries;
    private readonly Counter<long> _deadlocks;

    public GatewayMetrics()
    {
        _requests = Meter.CreateCounter<long>("mao_api_requests_total", null, "Requests answered");
        _responses = Meter.CreateHistogram<double>("mao_api_response_seconds", Seconds, "Time until a request was answered");
        _errors = Meter.CreateCounter<long>("mao_errors_total", null, "Requests that failed through no fault of their caller");
        _rateHits = Meter.CreateCounter<long>("mao_rate_limit_hits_total", null, "Requests refused because their caller asked too often");
        _rateWaits = Meter.CreateHistogram<double>("mao_rate_limit_wait_seconds", Seconds, "How long refused callers were told to wait");
        _rateTokens = Meter.CreateCounter<long>("mao_rate_limit_tokens_total", null, "Requests drawn from rate limits");
        _engineCalls = Meter.CreateHistogram<double>("mao_engine_call_seconds", Seconds, "Time of calls to engines");
        _queries = Meter.CreateHistogram<double>("mao_db_query_seconds", Seconds, "Time of database commands");
        _deadlocks = Meter.CreateCounter<long>("mao_db_deadlocks_total", null, "Database commands that lost against others at the same rows");
    }

    public Meter Meter { get; } = new(MeterName);

    /// <summary>A request was answered.</summary>
    /// <param name="route">The route it took.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="seconds">How long it took; null for a stream, whose length says nothing about the gateway.</param>
    public void Request(RouteLabels route, int status, double? seconds)
    {
        _requests.Add(1, new("area", route.Area), new("route", route.Route), new("method", route.Method), new("status", StatusText.Of(status)));
        if (seconds is { } time)
        {
            _responses.Record(time, new KeyValuePair<string, object?>("route", route.Route));
        }
    }

    /// <summary>A request failed through no fault of its caller.</summary>
    /// <param name="component"><c>engine</c>, <c>database</c> or <c>gateway</c>.</param>
    /// <param name="errorType">The code of the envelope.</param>
    public void Error(string component, string errorType) => _errors.Add(1, new("component", component), new("error_type", errorType));

    public void RateLimited(string action, double waitSeconds)
    {
        _rateHits.Add(1, new KeyValuePair<string, object?>("action", action));
        _rateWaits.Record(waitSeconds);
    }

    public void RateTokenTaken() => _rateTokens.Add(1);

    /// <summary>A call to an engine has ended.</summary>
    /// <param name="account">The account of the engine.</param>
    /// <param name="result"><c>ok</c>, or the code of the failure.</param>
    /// <param name="seconds">How long the call took, waiting for its turn included.</param>
    public void EngineCall(string account, string result, double seconds) =>
        _engineCalls.Record(seconds, new("account", account), new KeyValuePair<string, object?>("result", result));

    public void Query(string store, double seconds) => _queries.Record(seconds, new KeyValuePair<string, object?>("store", store));

    public void Deadlock() => _deadlocks.Add(1);

    public void Dispose() => Meter.Dispose();
}
