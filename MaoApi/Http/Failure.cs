namespace MaoApi.Http;

/// <summary>What a failed request answers: a row of the table and the details of this case.</summary>
internal sealed record Failure(ApiCode Code, string Message) : IResult
{
    /// <summary>The engine's own words, where it was an engine that failed.</summary>
    public EngineFailure? Engine { get; init; }

    /// <summary>One entry for each field that was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>When asking again makes sense; sent with every 429 and 503, and where it is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How to prove who is calling; sent with every 401.</summary>
    public string Challenge { get; init; } = "Bearer";

    public static Failure Of(ApiCode code) => new(code, code.Name);

    public static Failure Invalid(string field, string code, string message) =>
        new(ApiCodes.Invalid, message) { Errors = [new FieldError(field, code, message)] };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        httpContext.Features.Set(Code);
        response.StatusCode = Code.Status;
        if (RetryAfter is not null || Code.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling((RetryAfter ?? TimeSpan.FromSeconds(1)).TotalSeconds));
            response.Headers.RetryAfter = seconds.ToString();
        }

        if (Code.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = Challenge;
        }

        return response.WriteAsJsonAsync(
            new Envelope<FailureData>(Code.Code, Message, new FailureData(Engine, Errors)), httpContext.RequestAborted);
    }
}

/// <summary><c>data</c> of every failure.</summary>
internal sealed record FailureData(EngineFailure? Engine, IReadOnlyList<FieldError> Errors);

/// <summary>The engine's reply code and message, unchanged.</summary>
internal sealed record EngineFailure(int Code, string Message);

/// <summary>One refused field.</summary>
/// <param name="Field">JSON path, such as <c>signal.params.qty</c>; empty for the body as a whole.</param>
/// <param name="Code"><c>required</c>, <c>unknown</c>, <c>malformed</c>, <c>invalid</c>, or the engine's word.</param>
/// <param name="Message">For people.</param>
internal sealed record FieldError(string Field, string Code, string Message);
