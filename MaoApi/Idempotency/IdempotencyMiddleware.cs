using System.Security.Cryptography;
using MaoApi.Auth;
using MaoApi.Hosting;
using MaoApi.Http;

namespace MaoApi.Idempotency;

/// <summary>
/// Carries a request with a key out once: the same request again gets the same answer, another one with the same key is refused. An answer
/// leaves only when it is kept.
/// </summary>
internal sealed partial class IdempotencyMiddleware(
    RequestDelegate next,
    IIdempotencyStore store,
    IRunningRequests running,
    HttpOptions options,
    TimeProvider time,
    ILogger<IdempotencyMiddleware> logger)
{
    public const string ReplayHeader = "Idempotency-Replayed";

    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <summary>No request is younger and still under way anywhere.</summary>
    private readonly TimeSpan _longestRequest = options.RequestTimeout + StoreTimeout;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IdempotentMark>() is not { } mark || CallerOf(context) is not { } caller)
        {
            return next(context);
        }

        if (!IdempotencyKey.TryRead(context.Request.Headers, caller, out var key))
        {
            return IdempotencyKey.Refuse().ExecuteAsync(context);
        }

        return key is null ? next(context) : RunAsync(context, key, mark);
    }

    private static string? CallerOf(HttpContext context) => context.Features.Get<Caller>() is { } user ? $"user {user.UserKey}" : null;

    private async Task RunAsync(HttpContext context, IdempotencyKey key, IdempotentMark mark)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var bodyHash = Convert.ToHexStringLower(SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length)));
        body.Position = 0;
        context.Request.Body = body;
        var route = $"{context.Request.Method} {context.Request.Path}";

        var mine = await running.TryBeginAsync(key);
        try
        {
            var known = await store.TakeAsync(key, route, bodyHash, context.RequestAborted);
            if (known is not null && Refuse(known, route, bodyHash, mine, mark) is { } refusal)
            {
                await refusal.ExecuteAsync(context);
            }
            else if (known?.Answer is { } answer)
            {
                context.Response.Headers[ReplayHeader] = "true";
                await WriteAsync(context, answer);
            }
            else
            {
                await CarryOutAsync(context, key);
            }
        }
        finally
        {
            if (mine)
            {
                await running.EndAsync(key);
            }
        }
    }

    private Failure? Refuse(IdempotencyRecord known, string route, string bodyHash, bool mine, IdempotentMark mark)
    {
        if (known.Route != route || known.BodyHash != bodyHash)
        {
            return new Failure(ApiCodes.KeyConflict, "the key was used for another request");
        }

        if (known.Answer is not null || (mine && mark.SafeToRepeat))
        {
            return null;
        }

        return !mine || time.GetUtcNow() - known.Created < _longestRequest
            ? new Failure(ApiCodes.KeyConflict, "the same request is still being carried out") { RetryAfter = AskAgain }
            : new Failure(ApiCodes.KeyConflict, "how the request with this key ended is not known: look for its effect, then use another key");
    }

    private async Task CarryOutAsync(HttpContext context, IdempotencyKey key)
    {
        context.Features.Set(key);
        var response = context.Response;
        var caller = response.Body;
        using var captured = new MemoryStream();
        response.Body = captured;
        try
        {
            await next(context);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await KeepAsync(key, null, FailureMiddleware.OfException(fault).Code, context.RequestId());
            throw;
        }
        finally
        {
            response.Body = caller;
        }

        var answer = new StoredAnswer(response.StatusCode, response.ContentType, captured.ToArray());
        await KeepAsync(key, answer, context.Features.Get<ApiCode>(), context.RequestId());
        await WriteAsync(context, answer);
    }

    /// <summary>
    /// What was done is done: should its answer not be kept, the caller gets it all the same, and a repetition finds a request whose end is
    /// not known.
    /// </summary>
    private async Task KeepAsync(IdempotencyKey key, StoredAnswer? answer, ApiCode? code, string requestId)
    {
        using var deadline = new CancellationTokenSource(StoreTimeout, time);
        try
        {
            if (Outcomes.NothingDone(code) || (answer is null && !Outcomes.IsUnknown(code)))
            {
                await store.ReleaseAsync(key, deadline.Token);
            }
            else if (answer is not null && !Outcomes.IsUnknown(code))
            {
                await store.CompleteAsync(key, answer, deadline.Token);
            }
        }
        catch (Exception fault)
        {
            NotKept(logger, fault, requestId);
        }
    }

    private static async Task WriteAsync(HttpContext context, StoredAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    [LoggerMessage(3251, LogLevel.Error, "rid={RequestId} the answer could not be kept under its idempotency key")]
    private static partial void NotKept(ILogger logger, Exception fault, string requestId);
}
