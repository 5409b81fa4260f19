using System.Text.Json;
using MaoApi.Http;
using MaoTrade.Protocol.Client;

namespace MaoApi.Engines;

/// <summary>What came of a call: the engine's data, or why there is none.</summary>
internal sealed class EngineReply : IAsyncDisposable
{
    private readonly ProxyReply? _reply;

    private EngineReply(ApiCode? refusal, string message, ProxyReply? reply)
    {
        Refusal = refusal;
        Message = message;
        _reply = reply;
    }

    /// <summary>Null where the call was done.</summary>
    public ApiCode? Refusal { get; }

    public string Message { get; }

    /// <summary>The engine's JSON object, unparsed.</summary>
    public ReadOnlyMemory<byte> Data => _reply?.Data ?? default;

    public ProxyPayload? Payload => _reply?.Payload;

    /// <summary>Whether the same call may get a better answer at once: the connection failed, the engine did not refuse.</summary>
    public bool IsTransient => _reply?.Result is ProxyResult.Connect or ProxyResult.Read or ProxyResult.Truncated;

    /// <summary>Whether nothing of the call can have reached the engine.</summary>
    public bool NeverLeft => _reply?.Result is ProxyResult.Connect;

    public static EngineReply Of(ProxyReply reply) => reply.Result switch
    {
        ProxyResult.NoError when reply.Code == 0 => new EngineReply(null, reply.Message, reply),
        ProxyResult.NoError => new EngineReply(ApiCodes.OfEngine(reply.Code), reply.Message, reply),
        _ => new EngineReply(ApiCodes.OfProxy(reply.Result), ApiCodes.OfProxy(reply.Result).Name, reply),
    };

    public static EngineReply Refused(ApiCode code) => new(code, code.Name, null);

    /// <summary>What the gateway answers where the call was refused.</summary>
    public Failure ToFailure() => new(Refusal ?? throw new InvalidOperationException("The call was done."), Message)
    {
        Engine = _reply is { Result: ProxyResult.NoError } ? new EngineFailure(_reply.Code, _reply.Message) : null,
        Errors = Errors(),
    };

    public ValueTask DisposeAsync() => _reply?.DisposeAsync() ?? ValueTask.CompletedTask;

    private IReadOnlyList<FieldError> Errors()
    {
        if (_reply is not { Result: ProxyResult.NoError } || _reply.Data.IsEmpty)
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<RefusalData>(_reply.Data.Span, JsonSerializerOptions.Web)?.Errors ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private sealed record RefusalData(IReadOnlyList<FieldError>? Errors);
}
