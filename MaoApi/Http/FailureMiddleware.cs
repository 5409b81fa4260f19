using MaoApi.Data;
using MaoApi.Logs;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Http;

/// <summary>The one boundary of faults: every failure, also those of the framework, leaves as an envelope, and never with a stack trace.</summary>
internal sealed partial class FailureMiddleware(RequestDelegate next, ILogger<FailureMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && OfBareStatus(context.Response) is { } failure)
            {
                await failure.ExecuteAsync(context);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone: nobody is left to answer.
            context.Abort();
        }
        catch (Exception fault)
        {
            var failure = OfException(fault);
            if (failure.Code == ApiCodes.Fault || failure.Code == ApiCodes.Database || failure.Code == ApiCodes.LogStore)
            {
                Faulted(logger, fault, context.RequestId());
            }

            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            ClearAnswer(context.Response);
            await failure.ExecuteAsync(context);
        }
    }

    private static Failure? OfBareStatus(HttpResponse response) => response.StatusCode switch
    {
        StatusCodes.Status404NotFound when response.ContentLength is null => Failure.Of(ApiCodes.UnknownRoute),
        StatusCodes.Status405MethodNotAllowed => Failure.Of(ApiCodes.WrongMethod),
        StatusCodes.Status408RequestTimeout => Failure.Of(ApiCodes.SlowBody),
        StatusCodes.Status413PayloadTooLarge => Failure.Of(ApiCodes.BodyTooLarge),
        StatusCodes.Status415UnsupportedMediaType => Failure.Of(ApiCodes.UnknownMediaType),
        StatusCodes.Status400BadRequest when IsBare(response) => Failure.Of(ApiCodes.Invalid),
        >= StatusCodes.Status500InternalServerError when IsBare(response) => Failure.Of(ApiCodes.Fault),
        _ => null,
    };

    private static bool IsBare(HttpResponse response) => response.ContentLength is null && response.ContentType is null;

    /// <summary>The failure a fault is answered with.</summary>
    public static Failure OfException(Exception fault) => fault switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Failure.Of(ApiCodes.BodyTooLarge),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Failure.Of(ApiCodes.UnknownMediaType),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => Failure.Of(ApiCodes.SlowBody),
        BadHttpRequestException bad => BadBody.Describe(bad),
        DbUpdateConcurrencyException => new Failure(ApiCodes.EngineConflict, "changed by somebody else in the meantime"),
        LogStoreException => Failure.Of(ApiCodes.LogStore),
        _ when DatabaseFault.Is(fault) => Failure.Of(ApiCodes.Database),
        _ => Failure.Of(ApiCodes.Fault),
    };

    /// <summary>Removes what a half-made answer has set; the headers of every answer stay.</summary>
    private static void ClearAnswer(HttpResponse response)
    {
        response.Headers.ContentType = default;
        response.Headers.ContentLength = null;
        response.Headers.ContentDisposition = default;
        response.Headers.ETag = default;
    }

    [LoggerMessage(3002, LogLevel.Error, "rid={RequestId} failed")]
    private static partial void Faulted(ILogger logger, Exception fault, string requestId);
}
