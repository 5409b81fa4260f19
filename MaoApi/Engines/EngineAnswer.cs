using MaoApi.Http;

namespace MaoApi.Engines;

/// <summary>Passes an engine's data on inside the envelope, without looking into it.</summary>
internal sealed class EngineAnswer : IResult
{
    private readonly Failure? _failure;
    private readonly ReadOnlyMemory<byte> _data;
    private readonly ApiCode? _refusal;
    private readonly string _message;
    private readonly int _status = StatusCodes.Status200OK;

    private EngineAnswer(Failure? failure, ReadOnlyMemory<byte> data, ApiCode? refusal, string message) =>
        (_failure, _data, _refusal, _message) = (failure, data, refusal, message);

    private EngineAnswer(ReadOnlyMemory<byte> data, int status)
        : this(null, data, null, "") => _status = status;

    /// <summary>The reply's data, or its failure.</summary>
    public static EngineAnswer Of(EngineReply reply, int status = StatusCodes.Status200OK) => reply.Refusal is null
        ? new EngineAnswer(reply.Data, status)
        : new EngineAnswer(reply.ToFailure(), default, null, "");

    /// <summary>As <see cref="Of"/>, but a refusal's own data is the answer.</summary>
    public static EngineAnswer OfRefusal(EngineReply reply) => new(null, reply.Data, reply.Refusal, reply.Message);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (_failure is not null)
        {
            await _failure.ExecuteAsync(httpContext);
            return;
        }

        httpContext.Response.StatusCode = _refusal?.Status ?? _status;
        var body = new RawEnvelope(_refusal?.Code ?? 0, _message);
        await body.WriteAsync(httpContext, [_data]);
    }
}
